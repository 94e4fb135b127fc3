"""Nobody's address is ever shown: a scraper, a guesser of filters, a sweep after leaving, and a machine of consents."""
