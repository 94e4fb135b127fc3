"""Only what crosses apps: architecture, journeys, the browser, trust. An app's own tests live in the app."""
