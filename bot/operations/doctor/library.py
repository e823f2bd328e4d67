"""The doctor's checks of installed packages, and of the library with its indexes."""

import asyncio
import importlib.metadata
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path

from packaging.requirements import Requirement

from bot.operations.doctor.findings import Finding, Patient
from retrieval.errors import RetrievalError, StorageError
from retrieval.messages import count_articles
from retrieval.settings import LibrarySettings
from retrieval.storage import FILE_NAME, STEPS, LibraryState, library_state, open_to_look, require_sound


async def look_at_packages(_: Patient) -> AsyncIterator[Finding]:
    """Name each package that is missing or of another version."""
    try:
        stated = [Requirement(line) for line in importlib.metadata.requires("footnote") or ()]
    except importlib.metadata.PackageNotFoundError:
        yield Finding("packages", "unknown", "Footnote is not installed, so nothing says what it needs")
        return
    needed = [one for one in stated if one.marker is None or one.marker.evaluate({"extra": ""})]
    wrong = [complaint for one in needed if (complaint := _complaint(one))]
    for complaint in wrong:
        yield Finding("packages", "failed", complaint, "Install again: pip install .")
    if not wrong:
        version = importlib.metadata.version("footnote")
        yield Finding("packages", "ok", f"Footnote {version} and the {len(needed)} packages it needs")


def _complaint(needed: Requirement) -> str:
    try:
        found = importlib.metadata.version(needed.name)
    except importlib.metadata.PackageNotFoundError:
        return f"{needed.name} is missing"
    if needed.specifier.contains(found, prereleases=True):
        return ""
    return f"{needed.name} is {found}, not {needed.specifier}"


LARGE_LOG_BYTES = 256_000_000
"""SQLite folds its log in at 4 MB, unless somebody never stops reading."""


async def look_at_library(patient: Patient) -> AsyncIterator[Finding]:
    """Look at the database, what is in it, its vectors and its indexes."""
    if patient.library is None:
        return
    if patient.library.database_url.get_secret_value():  # the server looks after its own files
        yield await _check_library(patient.library)
        return
    path = patient.library.data_dir / FILE_NAME
    if not path.exists():
        yield Finding("library", "ok", "it is empty", "footnote add, or /article add on Discord, fills it.")
        return
    try:
        state = await asyncio.to_thread(_state, path)
    except StorageError as error:
        yield Finding("library", "failed", str(error), "A backup is put back with 'footnote restore FILE'.")
        return
    if state.is_newer:
        advice = "Install the newest version; nothing is wrong with the library."
        yield Finding("library", "failed", "it was written by a newer Footnote", advice)
        return
    if (behind := len(STEPS) - state.version) > 0:
        advice = "Nothing need be done: the next start brings it up to date. A backup first does no harm."
        steps = "1 step" if behind == 1 else f"{behind} steps"
        found = f"{count_articles(state.articles)}, in the shape of an older Footnote ({steps} behind)"
        yield Finding("library", "ok", found, advice)
    else:
        yield await _check_library(patient.library)
    log = path.with_name(path.name + "-wal")
    if log.exists() and (size := log.stat().st_size) > LARGE_LOG_BYTES:
        advice = "Restart the bot, which folds it in."
        yield Finding("library", "warning", f"its log has grown to {size / 1e6:,.0f} MB", advice)
    if (vectors := _vectors(patient, state)) is not None:
        yield vectors
    yield _indexes(path.parent / "index", state)


def _state(path: Path) -> LibraryState:
    with open_to_look(path) as connection:
        state = library_state(connection, path)
        require_sound(connection, path)
        return state


async def _check_library(settings: LibrarySettings) -> Finding:
    from retrieval.wiring import open_librarian

    try:
        async with open_librarian(settings) as librarian:
            report = await librarian.maintenance.check()
    except RetrievalError as error:
        return Finding("library", "failed", str(error), "A backup is put back with 'footnote restore FILE'.")
    if not report.faults:
        return Finding("library", "ok", f"{count_articles(report.articles)}, sound")
    advice = "Run 'footnote rebuild'; if that does not help, 'footnote restore' a backup."
    return Finding("library", "failed", "; ".join(report.faults), advice)


def _vectors(patient: Patient, state: LibraryState) -> Finding | None:
    """Compare the library's vectors with what the encoder makes."""
    if state.fingerprint is None:
        return None
    if patient.vectors is None:
        return Finding("vectors", "unknown", "the encoder comes first")
    if json.loads(state.fingerprint) == asdict(patient.vectors):
        return Finding("vectors", "ok", "they are this encoder's")
    advice = "Run 'footnote rebuild', or set FOOTNOTE_ENCODER back to what it was."
    return Finding("vectors", "failed", "another encoder made them, or a rebuild was not finished", advice)


def _indexes(folder: Path, state: LibraryState) -> Finding:
    wanted = json.loads(state.fingerprint) if state.fingerprint else None
    notes = {name: _note(folder / f"{row}.json") for row, name in state.collections.items()}
    fresh = sum(note is not None and note == wanted for note in notes.values())
    if fresh == len(notes):
        return Finding("indexes", "ok", f"{fresh} kept")
    advice = "Nothing need be done: they are made on first use, which takes a while for large collections."
    return Finding("indexes", "ok", f"{fresh} kept, {len(notes) - fresh} missing or stale", advice)


def _note(path: Path) -> object:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None  # as load_index() sees it: no index
