"""Compares the installed packages with the versions that Footnote was made for."""

import importlib.metadata
from collections.abc import AsyncIterator

from packaging.requirements import Requirement

from bot.findings import Finding, Patient


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
