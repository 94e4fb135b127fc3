"""Activities (活動): what a party does alone, in area A or E; the watch list, the way to area B, the checklist of openness."""
