"""The command ``opinions``: what readers said of answers, as cases to measure and tune by."""

import sys

from retrieval.cli_session import DEFAULT_COLLECTION, CollectionOption, DataOption, JsonOption, open_session
from retrieval.opinions import Opinion
from retrieval.rows import JsonObject, answer_row, write_row
from retrieval.terminal import Page


def opinions(
    as_json: JsonOption = False, collection: CollectionOption = DEFAULT_COLLECTION, data: DataOption = None
) -> None:
    """Show the answers that readers voted on or reported, the oldest first.

    With --json a line each: the question, the answer with quotes, spans and the digest of the version
    they were cut from, the votes a citation has, and the reports.
    """
    with open_session(collection, data) as session:
        found = session.run(session.librarian.feedback.list_opinions(collection=collection))
        if as_json:
            for opinion in found:
                write_row(sys.stdout.buffer, opinion_row(opinion))
        elif not found:
            Page().say("Nobody has voted on an answer or reported one.")
        else:
            _print(found)


def opinion_row(opinion: Opinion) -> JsonObject:
    """Describe an answer with what readers said of it."""
    answer = opinion.answer
    row = answer_row(answer)
    digests = {citation.number: citation.article.digest for citation in answer.citations}
    for citation in row["citations"]:
        good, bad = opinion.votes.get(citation["number"], (0, 0))
        citation |= {"digest": digests[citation["number"]], "votes_for": good, "votes_against": bad}
    reports = [
        {"fault": one.fault, "words": one.words, "reported_at": one.reported_at.isoformat()}
        for one in opinion.reports
    ]
    return {"question": answer.question, **row, "reports": reports}


def _print(found: list[Opinion]) -> None:
    page = Page()
    for opinion in found:
        page.say(opinion.answer.question, "bold")
        for citation in opinion.answer.citations:
            good, bad = opinion.votes.get(citation.number, (0, 0))
            if good or bad:
                page.say(f"    [{citation.number}] ✓ {good} ✗ {bad}  {' '.join(citation.quote.split())}")
        for report in opinion.reports:
            page.say(f"    reported: {report.fault}{' · ' + report.words if report.words else ''}")
