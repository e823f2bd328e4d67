"""From bytes to an article: fetching, file types, and a reader for each."""

from retrieval.sources.bylines import read_date, read_first_line
from retrieval.sources.child_replies import read_reply, write_reply
from retrieval.sources.extractor import SandboxedExtractor
from retrieval.sources.host_rules import SourceRule, only_from
from retrieval.sources.jsonl import (
    BadLine,
    Row,
    article_of,
    optional_id,
    read_rows,
    required_id,
    required_text,
    whole_characters,
)
from retrieval.sources.readers import extract_article
from retrieval.sources.urls import canonical_url, is_same_site, site_of

__all__ = [
    "BadLine",
    "Row",
    "SandboxedExtractor",
    "SourceRule",
    "article_of",
    "canonical_url",
    "extract_article",
    "is_same_site",
    "only_from",
    "optional_id",
    "read_date",
    "read_first_line",
    "read_reply",
    "read_rows",
    "required_id",
    "required_text",
    "site_of",
    "whole_characters",
    "write_reply",
]
