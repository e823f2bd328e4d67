"""The quiet link companion: adds posted links, summarizes in threads, points to earlier posts."""
