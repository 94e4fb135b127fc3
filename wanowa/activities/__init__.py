"""Activities (活動): what a party does alone, in area A or E; watched, moved to area B, answered for openly."""
