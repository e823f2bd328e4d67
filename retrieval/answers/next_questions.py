"""Questions that somebody may want to ask next, made from the passages that were read.

No model writes them: they ask for people, years and names that stand there and that the answer leaves
open. Whoever offers one has asked it first, so that none leads to "I found nothing".
"""

import re
from collections.abc import Sequence

from retrieval.answers.noun_phrases import full_names
from retrieval.domain import Answer
from retrieval.nlp import FEMALE, MALE
from retrieval.text import MONTH, YEAR_OF_MODERN_TIMES, without_accents

QUESTIONS = 2
"""Questions that are offered."""
TRIED = 6
"""Candidates that are looked up at most: each costs as much as a question."""
PASSAGES = 4
_YEAR = re.compile(
    rf"\b(?:[Ii]n|[Bb]y|[Ss]ince|[Oo]f|[Uu]ntil) (?P<when>(?:(?:{MONTH}) )?{YEAR_OF_MODERN_TIMES})\b"
)

_OTHER = re.compile(
    r"\b(?:University|College|Institute|Committee|Council|Court|Commission|Party|Union|Association|Group|Act"
    r"|Foundation|Bank|Board|Consortium|Company|Society|Fund|Treaty|War|Revolution|Prize|Bridge|River|Museum"
    r"|Hospital|School|Church|Agency|Ministry|Tower|Railway|Project|Observatory|Laboratory|Library)$"
)


def candidates(answer: Answer) -> list[str]:
    """Return questions that the cited articles may answer: kinds in turn, each as the passages come."""
    cited = {one.article.id for one in answer.citations}
    read = [hit.text for hit in answer.nearest if hit.article.id in cited]
    texts = [*(one.prose for one in answer.statements), *read[:PASSAGES]]
    known = " ".join((answer.question, answer.understood)).lower()
    names = _names(texts, known)
    people = [f"Who is {name}?" for name in map(_person, names) if name]
    told = " ".join(one.prose for one in answer.statements)
    years = [f"What happened in {when}?" for when in _years(texts) if when[-4:] not in known + told]
    others = [f"What is said about the {name}?" for name in names if _OTHER.search(name)]
    kinds = [list(dict.fromkeys(kind)) for kind in (people, years, others)]
    longest = max(map(len, kinds))
    return [kind[at] for at in range(longest) for kind in kinds if at < len(kind)][:TRIED]


def different(questions: Sequence[str]) -> list[str]:
    """Return the first question of each kind, so that they lead to different places."""
    first: dict[str, str] = {}
    for question in questions:
        first.setdefault(" ".join(question.split()[:2]), question)
    return list(first.values())


def leads_on(reply: Answer, answer: Answer) -> bool:
    """Tell whether *reply* begins with words of the articles of *answer* that it does not show."""
    if not reply.found:
        return False
    opening = reply.statements[0].numbers
    first = next(one for one in reply.citations if one.number in opening)
    shown = " ".join(one.prose for one in answer.statements)
    return first.article.id in {one.article.id for one in answer.citations} and first.quote not in shown


def _years(texts: Sequence[str]) -> dict[str, None]:
    return dict.fromkeys(match["when"] for text in texts for match in _YEAR.finditer(text))


def _names(texts: Sequence[str], known: str) -> list[str]:
    """Return full names of which the question holds no part."""
    named = dict.fromkeys(name for name in full_names(texts) if "." not in name)
    return [name for name in named if not any(word.lower() in known for word in name.split())]


def _person(name: str) -> str:
    """Return a person's name without titles before it; empty if it is nobody's."""
    words = name.split()
    for at, word in enumerate(words[:-1]):
        if without_accents(word) in FEMALE | MALE:
            return "" if _OTHER.search(name) else " ".join(words[at:])
    return ""
