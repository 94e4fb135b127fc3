"""One module a command; `wanowa help` lists them."""
