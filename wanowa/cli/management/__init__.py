"""Django finds the commands here: one module a command."""
