"""Methods for questions of one kind: how a story ended, which articles speak of something, who disagrees."""

from retrieval.answers.methods.article_sets import choose_by_article, topic_of_articles
from retrieval.answers.methods.disagreement import find_disagreement
from retrieval.answers.methods.endings import asks_for_ending, choose_ending, last_passages

__all__ = [
    "asks_for_ending",
    "choose_by_article",
    "choose_ending",
    "find_disagreement",
    "last_passages",
    "topic_of_articles",
]
