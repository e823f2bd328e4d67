"""Readers for files: Word, EPUB, OpenDocument, RTF, Markdown, text, transcripts, notebooks."""
