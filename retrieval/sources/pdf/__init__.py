"""Paragraphs out of PDF files: glyphs, columns, running heads."""
