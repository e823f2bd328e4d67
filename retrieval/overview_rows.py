"""The JSON of digests and timelines; ``rows.py`` has the rest of the contract."""

from retrieval.overviews import Digest, Disagreement, Story, Timeline
from retrieval.rows import JsonObject, citation_row


def digest_row(digest: Digest) -> JsonObject:
    """Describe a digest story by story."""
    return {
        "topic": digest.topic,
        "articles_read": digest.articles_read,
        "articles_left": digest.articles_left,
        "stories": [_story_row(story) for story in digest.stories],
    }


def timeline_row(timeline: Timeline) -> JsonObject:
    """Describe a timeline; ``date`` is the first day of what ``precision`` names."""
    return {
        "topic": timeline.topic,
        "statements": [
            {
                "date": one.day.isoformat(),
                "precision": one.precision,
                "words": one.words,
                "text": one.citation.quote,
                "citation": citation_row(one.citation),
            }
            for one in timeline.statements
        ],
    }


def _story_row(story: Story) -> JsonObject:
    return {
        "text": story.line.quote,
        **({"worded": story.worded} if story.worded else {}),
        "citation": citation_row(story.line),
        "sources": story.sources,
        "article_ids": [article.public_id for article in story.articles],
        "disagreements": [_disagreement_row(one) for one in story.disagreements],
    }


def _disagreement_row(disagreement: Disagreement) -> JsonObject:
    return {
        "kind": disagreement.kind,
        "sides": [
            {
                "words": words,
                "published": side.article.published.isoformat() if side.article.published else None,
                "citation": citation_row(side),
            }
            for side, words in zip(disagreement.sides, disagreement.at_odds, strict=True)
        ],
    }
