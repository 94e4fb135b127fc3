"""Every command of the platform: one module a command."""
