"""The JSON of quotations and of words looked for; other programs rely on these shapes, too."""

from retrieval.domain import Quotation
from retrieval.rows import JsonObject, article_row
from retrieval.sayings import Sayings, Wording, WordsCheck


def quotation_row(quotation: Quotation) -> JsonObject:
    """Describe a quotation; the speaker and the speaker's offsets may be ``null``."""
    speaker = quotation.speaker_span
    return {
        "article_id": quotation.article.public_id,
        "start": quotation.span.start,
        "end": quotation.span.end,
        "text": quotation.text,
        "speaker": quotation.speaker,
        "speaker_start": speaker.start if speaker else None,
        "speaker_end": speaker.end if speaker else None,
    }


def sayings_row(sayings: Sayings) -> JsonObject:
    """Describe what a person is quoted with, one item a story; or the people a name can mean."""
    stories: list[JsonObject] = []
    for story in sayings.stories:
        articles = {one.article.public_id: article_row(one.article) for one in story}
        stories.append({"articles": list(articles.values()), "quotes": [quotation_row(one) for one in story]})
    return {"speaker": sayings.name, "people": list(sayings.people), "stories": stories}


def words_check_row(check: WordsCheck) -> JsonObject:
    """Describe whether words stand in the articles; ``exact`` is nothing but word for word."""
    return {
        "words": check.words,
        "verdict": check.verdict,
        "count": check.count,
        "found": [_wording_row(one) for one in check.wordings],
    }


def _wording_row(one: Wording) -> JsonObject:
    return {
        "article_id": one.article.public_id,
        "title": one.article.title,
        "url": one.article.url,
        "start": one.span.start,
        "end": one.span.end,
        "text": one.text,
        "in_quotation": one.in_quotation,
        "speaker": one.speaker,
        "differences": [{"kind": part.kind, "text": part.text} for part in one.differences],
        "warnings": list(one.warnings),
    }
