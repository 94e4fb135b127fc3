"""The only writers of the scheme: the desk's rounds, what departments say, ideas, and proposals."""
