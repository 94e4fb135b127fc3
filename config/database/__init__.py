"""Django's PostgreSQL backend, which starts the embedded server when no DATABASE_URL is given."""
