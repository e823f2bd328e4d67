"""Methods for questions of one kind: comparisons, endings, sets of articles, articles that disagree."""

from retrieval.answers.methods.article_sets import choose_by_article, topic_of_articles
from retrieval.answers.methods.comparisons import choose_pair
from retrieval.answers.methods.disagreement import find_disagreement
from retrieval.answers.methods.endings import asks_for_ending, choose_ending, last_passages

__all__ = [
    "asks_for_ending",
    "choose_by_article",
    "choose_ending",
    "choose_pair",
    "find_disagreement",
    "last_passages",
    "topic_of_articles",
]
