"""Presences and privacy of the librarian that tests use: every server was greeted already."""

from collections import Counter


class Presences:
    async def arrive(self, moment, *, collection):
        return False

    async def leave(self, moment, *, collection):
        return None

    async def compare_presences(self, prefix, present, moment):
        return (0, 0)

    async def overdue(self, moment):
        return []

    async def forget_person(self, person, *, collection):
        return Counter()
