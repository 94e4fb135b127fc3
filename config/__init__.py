"""How the platform is wired together: settings, environment, root addresses, database, servers."""
