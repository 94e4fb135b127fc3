"""The look: base page, components, static files, htmx helpers, middleware of pages. Knows no domain word."""
