"""Who may do what, at every address: the resolver, a town to try it in, and the written policy."""
