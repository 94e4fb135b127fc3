"""People (人): accounts, sign-in, language, consent to use of data, export and erasure of a person."""
