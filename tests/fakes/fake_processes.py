"""The fake librarian's only process: it does everything, and nobody announces anything."""

from contextlib import asynccontextmanager


class FakeProcesses:
    id = "this"
    is_shared = False
    is_steady = True

    def __init__(self):
        self.elsewhere = set()
        """Leases that another process has."""
        self.released = []

    is_joined = True

    @asynccontextmanager
    async def join(self):
        yield

    async def hold(self, name):
        return name not in self.elsewhere

    async def release(self, name):
        self.released.append(name)

    async def count_use(self, pace, who, at_once, every_s):
        return 0

    def watch(self, on_notice):
        pass

    def unwatch(self, on_notice):
        pass


class FakeImports:
    is_used = False

    async def add(self, article, collection, on_progress):
        raise NotImplementedError

    async def work(self, stop):
        await stop.wait()
