"""What the platform stands on: the embedded database, two roles, the commands, each in its own process."""
