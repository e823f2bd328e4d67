"""One line of the log for each answer: ids, figures and times, and no words unless the operator asks."""

import json
import re
from dataclasses import dataclass, field

from retrieval.domain import Answer
from retrieval.errors import LibraryBusy, RetrievalError
from retrieval.runtime import Timings

_UNSEEN = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Breaks lines or turns them round in some viewers; JSON lets it stand."""
_BARE = re.compile(r"[\w.:/+-]+")


@dataclass
class Track:
    """What becomes of one question, from being asked to being answered."""

    collection: str
    asked_by: int
    """Number of the interaction or message that asked."""
    question: str
    stages: Timings = field(default_factory=dict)
    answer: Answer | None = None
    outcome: str = "failed"
    """``found``, ``nothing``, ``busy``, ``refused``, ``failed`` or ``cut_off``."""

    def record_answer(self, answer: Answer) -> None:
        """Note the answer; again when it has a number."""
        self.answer = answer
        self.outcome = "found" if answer.found else "nothing"

    def record_failure(self, error: BaseException) -> None:
        """Note why there is no answer."""
        match error:
            case LibraryBusy():
                self.outcome = "busy"
            case RetrievalError() if not error.transient:
                self.outcome = "refused"
            case Exception():
                self.outcome = "failed"
            case _:
                self.outcome = "cut_off"


def log_line(track: Track, *, with_question: bool) -> str:
    """Return the line, as ``key=value`` with values quoted where they must be (logfmt)."""
    answer = track.answer
    fields: dict[str, object] = {
        "answer": answer.id if answer is not None and answer.id is not None else "-",
        "collection": track.collection,
        "asked_by": track.asked_by,
        "outcome": track.outcome,
    }
    fields |= {f"{name}_ms": round(seconds * 1_000) for name, seconds in track.stages.items()}
    if answer is not None:
        fields |= {"hits": len(answer.nearest), "citations": len(answer.citations)}
        if model := answer.written_by or answer.chosen_by:
            fields["model"] = model
    if with_question:
        fields["question"] = track.question
    return " ".join(f"{key}={_value(value)}" for key, value in fields.items())


def _value(value: object) -> str:
    words = str(value)
    if _BARE.fullmatch(words):
        return words
    quoted = json.dumps(words, ensure_ascii=False)
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
