"""What processes on one library announce to each other: a word, and the name of a collection behind it."""

PASSAGES = "passages"
"""The collection's passages have changed."""
PREFERENCES = "preferences"
"""The collection's preferences have changed."""
EVERYTHING = ""
"""Some notices may have been missed."""
