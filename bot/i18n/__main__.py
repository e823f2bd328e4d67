"""Update the catalogs: ``python -m bot.i18n [new language …]``."""

import sys
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.i18n import DOMAIN, SOURCE_LANGUAGE, catalog_path, languages
from bot.i18n.extraction import extract_catalog

WIDTH = 100


def update(language: str, template: Catalog) -> Catalog:
    """Bring the catalog of a language up to the messages of *template*; return it as it is written."""
    path = catalog_path(language)
    catalog = Catalog(locale=language, domain=DOMAIN, project="Footnote", version="0.1", fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language, domain=DOMAIN)
    created = catalog.creation_date
    # No guesses: a translation of a similar message is wrong more often than it helps.
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    catalog.creation_date = created  # an update that changes nothing writes the same file
    path.parent.mkdir(parents=True, exist_ok=True)
    written = BytesIO()
    write_po(written, catalog, width=WIDTH, sort_by_file=True, include_lineno=False)
    path.write_bytes(written.getvalue())
    return catalog


def main(new: list[str]) -> None:
    """Update the catalog of each language, and begin those of *new* ones."""
    template = extract_catalog()
    for language in dict.fromkeys([*languages(), *new]):
        if language == SOURCE_LANGUAGE:
            continue
        catalog = update(language, template)
        missing = [one for one in catalog if one.id and not all(_strings(one.string))]
        sys.stdout.write(f"{language}: {len(catalog)} messages, {len(missing)} without a translation\n")


def _strings(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (string or "",) if isinstance(string, str | None) else tuple(string)


if __name__ == "__main__":
    main(sys.argv[1:])
