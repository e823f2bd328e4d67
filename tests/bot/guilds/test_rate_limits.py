from discord_driver import Clock
from hypothesis import given
from hypothesis import strategies as st

from bot.state.limiter import MAX_PEOPLE, Limiter


@given(st.integers(1, 6), st.integers(1, 30), st.lists(st.integers(0, 40), max_size=60))
def test_nobody_is_let_through_more_often_than_allowed(at_once, every_s, pauses):
    clock = Clock()
    limiter = Limiter(at_once=at_once, every_s=every_s, clock=clock)
    passed = []
    for pause in pauses:
        clock.now += pause
        if limiter.wait_s(1) == 0:
            passed.append(clock.now)
    for number, when in enumerate(passed):
        later = [one for one in passed[number:] if one - when < every_s]
        assert len(later) <= at_once


@given(st.integers(1, 6), st.integers(1, 30), st.lists(st.integers(0, 10), max_size=40))
def test_waiting_as_asked_lifts_the_rate_limit(at_once, every_s, pauses):
    clock = Clock()
    limiter = Limiter(at_once=at_once, every_s=every_s, clock=clock)
    for pause in pauses:
        clock.now += pause
        wait_s = limiter.wait_s(1)
        assert 0 <= wait_s <= every_s
        if wait_s:
            clock.now += wait_s
            assert limiter.wait_s(1) == 0


def test_no_pace_means_no_waiting():
    limiter = Limiter(at_once=1, every_s=0, clock=Clock())
    assert [limiter.wait_s(1) for _ in range(50)] == [0] * 50


def test_people_who_need_not_wait_are_forgotten():
    clock = Clock()
    limiter = Limiter(at_once=1, every_s=1, clock=clock)
    for person in range(MAX_PEOPLE):
        limiter.wait_s(person)
    clock.now += 2
    limiter.wait_s(-1)
    assert len(limiter._full_at) == 1
