"""Whether the platform deserves trust: what crosses apps."""
