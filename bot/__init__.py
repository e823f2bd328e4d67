"""Footnote on Discord: commands, cards and buttons around one `Librarian`."""
