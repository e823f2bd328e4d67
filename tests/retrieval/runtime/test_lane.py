import asyncio
import threading

import pytest

from retrieval.errors import LibraryBusy
from retrieval.runtime.lane import Lane, Priority


async def held(lane):
    """Occupy the lane; return the event that frees it and the job."""
    free, started = threading.Event(), threading.Event()

    def wait():
        started.set()
        free.wait(10)

    job = asyncio.create_task(lane.run(wait))
    while not started.is_set():
        await asyncio.sleep(0)
    return free, job


async def test_everything_runs_on_one_thread_that_is_not_the_loops():
    async with Lane() as lane:
        threads = await asyncio.gather(*(lane.run(threading.get_ident) for _ in range(20)))
    assert len(set(threads)) == 1
    assert threading.get_ident() not in threads


async def test_questions_go_before_imports():
    order = []
    async with Lane() as lane:
        free, job = await held(lane)
        later = [
            asyncio.create_task(lane.run(lambda: order.append("import"), priority=Priority.IMPORT)),
            asyncio.create_task(lane.run(lambda: order.append("question"))),
        ]
        await asyncio.sleep(0)
        free.set()
        await asyncio.gather(job, *later)
    assert order == ["question", "import"]


async def test_a_question_waits_for_one_slice_of_an_import_at_most():
    order = []

    def slices():
        for number in range(5):
            order.append(number)
            if number == 1:
                in_second_slice.set()
                go_on.wait(10)
            yield
        return "done"

    in_second_slice, go_on = threading.Event(), threading.Event()
    async with Lane() as lane:
        job = asyncio.create_task(lane.run_in_slices(slices()))
        while not in_second_slice.is_set():
            await asyncio.sleep(0)
        question = asyncio.create_task(lane.run(lambda: order.append("question")))
        await asyncio.sleep(0)
        go_on.set()
        await question
        assert await job == "done"
    assert order == [0, 1, "question", 2, 3, 4]


async def test_a_full_queue_is_an_answer_and_imports_do_not_fill_it():
    async with Lane(max_waiting=2) as lane:
        free, job = await held(lane)
        imports = [asyncio.create_task(lane.run(int, priority=Priority.IMPORT)) for _ in range(5)]
        questions = [asyncio.create_task(lane.run(int)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(LibraryBusy, match="2 questions"):
            await lane.run(int)
        free.set()
        await asyncio.gather(job, *imports, *questions)


async def test_those_who_wait_hear_their_place():
    async with Lane() as lane:
        free, job = await held(lane)
        places = {name: [] for name in "abc"}
        waiting = [asyncio.create_task(lane.run(int, on_place=places[name].append)) for name in "abc"]
        await asyncio.sleep(0)
        free.set()
        await asyncio.gather(job, *waiting)
    assert places["c"][0] == 3
    assert places["c"][-1] == 1
    assert places["c"] == sorted(places["c"], reverse=True)


async def test_one_who_leaves_the_queue_frees_the_place():
    async with Lane() as lane:
        free, job = await held(lane)
        gone = asyncio.create_task(lane.run(lambda: pytest.fail("ran although nobody waits")))
        stays = asyncio.create_task(lane.run(lambda: "stayed"))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.sleep(0)
        free.set()
        await job
        assert await stays == "stayed"
        assert await lane.run(lambda: "and on") == "and on"


async def test_an_error_reaches_who_asked_and_the_lane_goes_on():
    async with Lane() as lane:
        with pytest.raises(ZeroDivisionError):
            await lane.run(lambda: 1 // 0)
        assert await lane.run(lambda: 1) == 1


async def test_a_cancelled_import_is_closed_on_the_lane():
    closed_on = []

    def slices():
        try:
            while True:
                running.set()
                yield
        finally:
            closed_on.append(threading.get_ident())

    running = threading.Event()
    async with Lane() as lane:
        job = asyncio.create_task(lane.run_in_slices(slices()))
        while not running.is_set():
            await asyncio.sleep(0)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
        assert closed_on == [await lane.run(threading.get_ident)]
