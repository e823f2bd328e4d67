"""The librarian's appointment book: digests that a collection gets daily or weekly."""

from datetime import datetime

from retrieval.desk import Desk
from retrieval.schedule_store import ScheduleStore
from retrieval.schedules import Schedule


class Scheduling(Desk):
    """Keeps schedules; whoever delivers the digests asks here what is due, and claims it first."""

    async def schedules(self) -> list[Schedule]:
        """Return the schedules of all collections."""
        return await self._lane.run(lambda: self._appointments().all())

    async def scheduled(self, *, collection: str) -> Schedule | None:
        """Return a collection's schedule, if it has one."""
        return await self._lane.run(lambda: self._appointments().of(collection))

    async def schedule(self, schedule: Schedule) -> None:
        """Keep a schedule in place of the collection's former one."""
        await self._lane.run(lambda: self._appointments().put(schedule))

    async def unschedule(self, *, collection: str) -> bool:
        """Forget a collection's schedule; tell whether it had one."""
        return await self._lane.run(lambda: self._appointments().remove(collection))

    async def claim_slot(self, slot: datetime, *, collection: str) -> bool:
        """Note that a slot is being seen to, before anything is sent; ``False`` if it was already."""
        return await self._lane.run(lambda: self._appointments().claim(collection, slot))

    async def note_delivered(self, covered_until: datetime, *, collection: str) -> None:
        """Note up to when a collection's articles have been shown."""
        await self._lane.run(lambda: self._appointments().delivered(collection, covered_until))

    async def note_refused(self, *, collection: str) -> int:
        """Count a delivery that was refused; return how many there were in a row."""
        return await self._lane.run(lambda: self._appointments().failed(collection))

    def _appointments(self) -> ScheduleStore:
        return ScheduleStore(self._workshop.store)
