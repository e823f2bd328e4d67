"""Article text and metadata out of web pages."""
