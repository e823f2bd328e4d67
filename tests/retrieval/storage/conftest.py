from postgres_fixtures import postgres, postgres_url, url

__all__ = ["postgres", "postgres_url", "url"]
