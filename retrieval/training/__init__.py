"""Making the reader's model from public data; not needed to run Footnote. See ``MODEL_CARD.md``."""
