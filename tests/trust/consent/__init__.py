"""The proof of consent: an independent model of the rules, and a machine that plays it against the platform."""
