"""Taking out and deleting what the library stores about a person, or in a collection.

The tables come from ``personal_data.py``; their names are ours, so that they may stand in statements.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from retrieval.records.personal_data import HOLDINGS, Holding
from retrieval.storage import ArticleStore

Rows = dict[str, list[dict[str, Any]]]
"""By table."""
_OF_COLLECTION: Mapping[str, str] = {
    "collection": "collection_id = :row",
    "name": "collection = :name",
    "article": "article_id IN (SELECT id FROM articles WHERE collection_id = :row)",
    "answer": "answer_id IN (SELECT id FROM answers WHERE collection_id = :row)",
    "nobody": "1 = 0",
}
_JSON_COLUMNS = frozenset({"body", "filters", "value"})


class PrivacyStore:
    """Reads and deletes across tables. Belongs to the lane."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        self._connection = store.connection

    def of_person(self, person: str) -> Rows:
        """Return every row that names a person, whichever collection it is of, and the collection's name."""
        found: Rows = {}
        for one in HOLDINGS:
            if one.person is not None:
                found[one.table] = self._rows(one, f"{one.person} = :person", {"person": person})
        return found

    def of_collection(self, collection: str) -> Rows:
        """Return what a collection holds beside its articles, with nobody's name in it."""
        keys = self._keys(collection)
        return {
            one.table: [_nameless(row, one) for row in self._rows(one, self._is_of(one), keys)]
            for one in HOLDINGS
            if one.taken_out
        }

    def forget_person(self, person: str, private: str) -> Counter[str]:
        """Delete what names a person, and the person's own collection, in one transaction.

        An answer that nobody but this person had hidden, and nobody has decided about, is shown again.

        Returns:
            How many rows went, by table.
        """
        with self._store.transaction():
            counts = self._delete_collection(private)
            self._show_again(person)
            for one in HOLDINGS:
                if one.person is not None:
                    done = self._connection.execute(_deletion_sql(one), {"person": person})
                    counts[one.table] += done.rowcount
        self._store.fold_in()
        return +counts

    def forget_collection(self, collection: str) -> Counter[str]:
        """Delete a collection with everything in it, in one transaction; return the rows by table."""
        with self._store.transaction():
            counts = self._delete_collection(collection)
        self._store.fold_in()
        return +counts

    def _delete_collection(self, collection: str) -> Counter[str]:
        keys, counts = self._keys(collection), Counter[str]()
        for one in HOLDINGS:
            done = self._connection.execute(
                f"DELETE FROM {one.table} WHERE {self._is_of(one)}",  # noqa: S608
                keys,
            )
            counts[one.table] += done.rowcount
        if keys["row"] is not None:
            self._store.drop_indexes(keys["row"])
            self._connection.execute("DELETE FROM collections WHERE id = :row", keys)
        return counts

    def _is_of(self, one: Holding) -> str:
        """Return the condition that rows of a collection meet."""
        if one.whose == "note":
            return f"{self._connection.dialect.note_collection} = :name"
        return _OF_COLLECTION[one.whose]

    def _show_again(self, person: str) -> None:
        self._connection.execute(
            "UPDATE answers SET hidden_at = NULL WHERE id IN "
            "(SELECT answer_id FROM reports WHERE person = :person AND settled_at IS NULL) "
            "AND NOT EXISTS (SELECT 1 FROM reports other WHERE other.answer_id = answers.id "
            "AND (other.person <> :person OR other.settled_at IS NOT NULL))",
            {"person": person},
        )

    def _rows(self, one: Holding, condition: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        name = {
            "collection": "(SELECT name FROM collections WHERE id = t.collection_id)",
            "article": "(SELECT c.name FROM articles a JOIN collections c ON c.id = a.collection_id "
            "WHERE a.id = t.article_id)",
            "answer": "(SELECT c.name FROM answers n JOIN collections c ON c.id = n.collection_id "
            "WHERE n.id = t.answer_id)",
            "note": self._connection.dialect.note_collection,
            "nobody": "NULL",
        }[one.whose]
        rows = self._connection.execute(
            f"SELECT {name} AS collection, t.* FROM {one.table} t WHERE {condition}",  # noqa: S608
            values,
        )
        return [_readable(rows.columns, row) for row in rows]

    def _keys(self, collection: str) -> dict[str, Any]:
        return {"row": self._store.collection_id(collection), "name": collection}


def _deletion_sql(one: Holding) -> str:
    if one.deletion == "blank":
        return f"UPDATE {one.table} SET {one.person} = '' WHERE {one.person} = :person"  # noqa: S608
    return f"DELETE FROM {one.table} WHERE {one.person} = :person"  # noqa: S608


def _readable(columns: Collection[str], row: Sequence[Any]) -> dict[str, Any]:
    fields = dict(zip(columns, row, strict=True))
    fields.pop("collection_id", None)
    for name in _JSON_COLUMNS & fields.keys():
        try:
            fields[name] = json.loads(fields[name])
        except ValueError:
            continue  # kept as the text that it is
    return fields


def _nameless(row: dict[str, Any], one: Holding) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != one.person}
