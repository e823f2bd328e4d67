"""One file a revision; a revision, once released, never changes."""
