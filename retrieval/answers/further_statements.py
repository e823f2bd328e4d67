"""Puts the statements of a longer answer behind those of one that was given."""

from dataclasses import replace

from retrieval.domain import Answer, Span


def append_further(answer: Answer, longer: Answer) -> Answer:
    """Return a chosen answer followed by the sentences of a longer one that it does not hold yet."""
    cited: dict[tuple[int, str], list[Span]] = {
        (one.article.id, one.article.digest): [] for one in answer.citations
    }
    for one in answer.citations:
        cited[one.article.id, one.article.digest].append(one.span)
    further = [
        one
        for one in longer.citations
        if not any(
            span.start < one.span.end and one.span.start < span.end
            for span in cited.get((one.article.id, one.article.digest), ())
        )
    ]
    numbers = {one.number: len(answer.citations) + at for at, one in enumerate(further, start=1)}
    same = {(one.article.id, one.article.digest, one.span): one.number for one in answer.citations}
    already = {
        one.number: same[one.article.id, one.article.digest, one.span]
        for one in longer.citations
        if (one.article.id, one.article.digest, one.span) in same
    }
    statements = [
        one.renumber({**already, **numbers})
        for one in longer.statements
        if all(number in numbers for number in one.numbers)
    ]
    return replace(
        answer,
        statements=(*answer.statements, *statements),
        citations=(*answer.citations, *(replace(one, number=numbers[one.number]) for one in further)),
    )
