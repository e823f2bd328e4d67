"""Preferences, notes and privacy of the fake librarian: every place is known and still there."""

from collections import Counter


class FakePreferences:
    def __init__(self):
        self.kept: dict[str, str] = {}

    async def get(self, *, collection):
        return self.kept.get(collection)

    async def get_all(self):
        return dict(self.kept)

    async def set(self, body, *, collection):
        self.kept[collection] = body


class FakeNotes:
    def __init__(self):
        self.kept: dict[str, str] = {}

    async def get(self, key):
        return self.kept.get(key)

    async def set(self, key, value):
        self.kept[key] = value


class FakePrivacy:
    def __init__(self, library):
        self._library = library

    async def export_person(self, person, *, collection):
        return {"person": person, "about_you": {}, "your_library": {}}

    async def export_collection(self, *, collection):
        return {}

    async def forget_person(self, person, *, collection):
        return Counter()

    async def forget_collection(self, *, collection):
        gone = self._library.newest_first(collection)
        for article in gone:
            del self._library.shelf[article.id]
        return Counter(articles=len(gone))

    async def arrive(self, moment, *, collection):
        return False

    async def leave(self, moment, *, collection):
        return None

    async def compare_places(self, prefix, present, moment, *, is_ours=None):
        return (0, 0)

    async def list_overdue(self, moment):
        return []
