"""The JSON of ``refresh``, ``edit`` and ``history``; as the shapes in ``rows.py``, others rely on it."""

from collections.abc import Sequence

from retrieval.changes import Changes
from retrieval.domain import Version
from retrieval.rows import JsonObject, article_row
from retrieval.upkeep import Edit, Edited, Refreshed


def refreshed_row(one: Refreshed) -> JsonObject:
    """Describe what became of an article whose page was read again."""
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
