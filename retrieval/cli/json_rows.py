"""The JSON that the command line prints: other programs rely on these shapes.

``article_id`` and ``id`` of an article are always its public id; offsets are code points.
"""

from collections.abc import Iterable, Sequence
from textwrap import shorten

from retrieval.domain import (
    Added,
    Answer,
    Article,
    Block,
    Changes,
    CheckReport,
    Citation,
    ContextPart,
    Digest,
    Disagreement,
    Edit,
    Edited,
    Hit,
    JsonObject,
    Quotation,
    Refreshed,
    Sayings,
    Story,
    Summary,
    Timeline,
    Version,
    Wording,
    WordsCheck,
    article_row,
    block_rows,
    format_day,
    lay_out,
)

UNSURE = "The articles do not clearly say. Nearest:"
REFUSED = "The library does not answer this."
ASK_OTHERWISE = "Ask in other words, see what was read with search, or add an article that says it."
NEAR_SHOWN = 2
"""Passages shown when nothing answers."""
_NEAR_CHARS = 120


def shown_row(
    article: Article,
    text: str,
    versions: Sequence[Version] = (),
    injection: str | None = None,
    blocks: Sequence[Block] = (),
) -> JsonObject:
    """Describe an article with everything that is known of it, its exact text and its blocks."""
    return {
        **article_row(article),
        "language": article.language,
        "text": text,
        "updated": format_day(article.updated),
        "page_starts": list(article.page_starts),
        "blocks": block_rows(blocks),
        "copies": article.copies,
        "versions": [
            {"digest": one.digest, "replaced_at": one.replaced_at.isoformat(), "chars": one.chars}
            for one in versions
        ],
        "addresses_models": injection,
    }


def added_row(source: str, added: Added) -> JsonObject:
    """Describe the outcome for one source."""
    return {
        "source": source,
        "id": added.article.public_id,
        "title": added.article.title,
        "passages": added.passages,
        "status": added.status,
    }


def answer_row(answer: Answer) -> JsonObject:
    """Describe an answer, or what was nearest when nothing answers."""
    return {
        **({"understood": answer.understood} if answer.understood else {}),
        **({"warning": answer.warning} if answer.warning else {}),
        **({"written_by": answer.written_by} if answer.written_by else {}),
        **({"removed": list(answer.removed)} if answer.removed else {}),
        **({"originals": list(answer.originals)} if answer.originals else {}),
        **({"chosen_by": answer.chosen_by} if answer.chosen_by else {}),
        **({"reading": answer.reading} if answer.reading else {}),
        **({"kind": answer.kind} if answer.kind != "answer" else {}),
        **({"emphasis": emphasis} if (emphasis := _emphasis(answer)) else {}),
        **({"translations": translations} if (translations := _translations(answer)) else {}),
        "found": answer.found,
        "state": answer.state,
        "text": answer.text,
        "shown": shown_text(answer),
        "context": [_context_row(part) for one in answer.shown_statements for part in one.context],
        "citations": [citation_row(citation) for citation in _answering_first(answer)],
        "nearest": [_nearest_row(hit) for hit in answer.nearest],
    }


def shown_text(answer: Answer) -> str:
    """Return all that a person sees of an answer without a click, in order, but its question and sources."""
    lines = [line.text for line in lay_out(answer.shown_statements, answer.citations)]
    match answer.state:
        case "unsure":
            lines = [UNSURE, *lines]
        case "not_found" if answer.kind == "which_article":
            choices = [f"{at}. {hit.article.title}" for at, hit in enumerate(answer.nearest, start=1)]
            return "\n".join([*answer.notes, *choices])
        case "not_found" if answer.library_size:
            lines = [REFUSED, *near_lines(answer), ASK_OTHERWISE]
        case _:
            pass
    return "\n".join(filter(None, [answer.warning, reading_line(answer), *lines, *answer.notes]))


_READINGS = {"yes": "Yes.", "no": "No.", "denied": "Not so, or not known."}


def reading_line(answer: Answer) -> str:
    """Return how the sentences of an answer are read, and by which model; empty if they are not."""
    words = _READINGS.get(answer.reading, answer.reading)
    if words and answer.chosen_by:
        return f"{answer.chosen_by} reads it so: {words}"
    if not words.isdigit():
        return words
    whole = len(answer.statements) >= int(words)
    return f"{words} (counted from the {'items shown' if whole else 'list in the article'})"


def _answering_first(answer: Answer) -> list[Citation]:
    """Return what the sentences of an answer rest on, then what stands around them."""
    answering = {number for one in answer.shown_statements for number in one.numbers}
    return sorted(answer.citations, key=lambda one: (one.number not in answering, one.number))


def near_lines(answer: Answer) -> list[str]:
    """Return what comes near a question that nothing answers, a line and an article each; often none."""
    from retrieval.answers import near_sentences  # late: --help must not wait for it

    near = near_sentences(answer.understood or answer.question, answer.nearest, NEAR_SHOWN)
    return [f"{hit.article.title}: “{shorten(words, _NEAR_CHARS, placeholder='…')}”" for hit, words in near]


def _context_row(part: ContextPart) -> JsonObject:
    return {
        "kind": part.kind,
        "number": part.number,
        "article_id": part.article.public_id,
        "start": part.span.start,
        "end": part.span.end,
        "text": part.quote,
    }


def _emphasis(answer: Answer) -> list[str]:
    return [words for statement in answer.statements for words in statement.emphasis]


def _translations(answer: Answer) -> list[str]:
    return [statement.translation for statement in answer.statements if statement.translation]


def citation_row(citation: Citation) -> JsonObject:
    """Describe a citation; ``quote`` is the article's text from ``start`` to ``end``."""
    return {
        "number": citation.number,
        "article_id": citation.article.public_id,
        "title": citation.article.title,
        "url": citation.article.url,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        **_page(citation.page),
        **({"time": citation.time} if citation.time else {}),
    }


def search_row(hits: Sequence[Hit], limit: int) -> JsonObject:
    """Rank the first *limit* articles of *hits*, and list their passages, both best first."""
    ranked = ranked_ids(hits)[:limit]
    return {
        "ranked": ranked,
        "passages": [
            {
                "article_id": hit.article.public_id,
                "start": hit.passage.span.start,
                "end": hit.passage.span.end,
                "score": hit.score,
            }
            for hit in hits
            if hit.article.public_id in ranked
        ],
    }


def ranked_ids(hits: Iterable[Hit]) -> list[str]:
    """Return the public ids of the articles in *hits*, each once, in the order they appear."""
    return list(dict.fromkeys(hit.article.public_id for hit in hits))


def summary_row(summary: Summary) -> JsonObject:
    """Describe a summary sentence by sentence."""
    cited = {citation.number: citation_row(citation) for citation in summary.citations}
    return {
        **({"written_by": summary.written_by} if summary.written_by else {}),
        **({"removed": list(summary.removed)} if summary.removed else {}),
        **({"chosen_by": summary.chosen_by} if summary.chosen_by else {}),
        "text": summary.text,
        "sentences": [
            {
                "text": statement.text,
                "citations": [cited[number] for number in statement.numbers if number in cited],
            }
            for statement in summary.statements
        ],
    }


def report_row(report: CheckReport) -> JsonObject:
    """Describe the state of a library."""
    return {
        "articles": report.articles,
        "passages": report.passages,
        "faults": list(report.faults),
        "notes": list(report.notes),
    }


def _page(page: int | None) -> JsonObject:
    """Return the page's number for documents that have pages."""
    return {} if page is None else {"page": page}


def _nearest_row(hit: Hit) -> JsonObject:
    return {
        "article_id": hit.article.public_id,
        "title": hit.article.title,
        "url": hit.article.url,
        "start": hit.passage.span.start,
        "end": hit.passage.span.end,
        "quote": hit.text,
        **_page(hit.article.page_of(hit.passage.span.start)),
        "score": hit.score,
    }


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


def refreshed_row(one: Refreshed) -> JsonObject:
    """Describe the outcome for an article whose page was read again."""
    if one.error is not None:
        return {"id": one.before.public_id, "url": one.before.url, "error": str(one.error)}
    return {
        "id": one.before.public_id,
        "url": one.before.url,
        "text_changed": one.text_changed,
        "fields": list(one.fields),
    }


def edited_row(edited: Edited) -> JsonObject:
    """Describe a corrected article, and what was corrected."""
    return {**article_row(edited.after), "edited": list(edited.fields)}


def history_row(
    public_id: str, versions: Sequence[tuple[Version, Changes]], edits: Sequence[Edit]
) -> JsonObject:
    """Describe the earlier texts of an article with what the next one changed, and its corrections."""
    return {
        "id": public_id,
        "versions": [
            {
                "digest": version.digest,
                "replaced_at": version.replaced_at.isoformat(),
                "too_many": found.too_many,
                "changes": [
                    {"kind": one.kind, "before": one.before, "after": one.after} for one in found.found
                ],
            }
            for version, found in versions
        ],
        "edits": [
            {
                "field": one.field,
                "was": one.was,
                "now": one.now,
                "edited_at": one.edited_at.isoformat(),
            }
            for one in edits
        ],
    }
