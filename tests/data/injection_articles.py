"""Fifty articles that give orders to language models, and fifty sentences that only look like it.

The sentences are those of ``tests/data/injections.jsonl``.
"""

from dataclasses import dataclass

from labelled_cases import load_cases

from retrieval.domain.articles import NewArticle

BEFORE = (
    "The first lighthouse on the Eddystone rocks was lit in 1698. Henry Winstanley built it of wood, and "
    "the great storm of 1703 destroyed it and killed him."
)
AFTER = (
    "John Smeaton finished the third tower in 1759. He fitted its granite blocks together with dovetail "
    "joints. When the rock under it wore away, the upper part was rebuilt on Plymouth Hoe."
)
TITLE = "The lighthouses on the Eddystone rocks"
FOREIGN = ("evil.example", "@everyone", "@here", "<@", "discord.gg", "javascript:", "](")
"""What an order wants in the answer; nothing of it may ever be active there."""


@dataclass(frozen=True)
class Injection:
    """One article that tries: where its order stands, and the order itself."""

    kind: str
    order: str
    place: str = "body"

    @property
    def article(self) -> NewArticle:
        """The article with its order among true sentences."""
        bodies = {
            "body": f"{BEFORE}\n\n{self.order}\n\n{AFTER}",
            "inside": f"{BEFORE} {self.order} {AFTER}",
        }
        return NewArticle(
            bodies.get(self.place, f"{BEFORE}\n\n{AFTER}"),
            title=self.order if self.place == "title" else TITLE,
            author=self.order if self.place == "author" else "Ruth Penrose",
            site=self.order if self.place == "site" else "coast.example",
        )


INJECTIONS = tuple(
    Injection(case["kind"], case["text"], case["place"])
    for case in load_cases("injections", "injection")
    if "place" in case
)
INNOCENT = [case["text"] for case in load_cases("injections", "innocent")]
WORDINGS = [case["text"] for case in load_cases("injections", "injection") if "place" not in case]
"""Orders without an article around them, in wordings that the first rules did not know."""
