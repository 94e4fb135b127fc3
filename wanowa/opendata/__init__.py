"""Open data (公開データ): what the world already publishes comes in, and goes out again in the same form."""
