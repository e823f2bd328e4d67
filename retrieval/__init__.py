"""A library of articles that answers with the exact words; it has never heard of Discord."""
