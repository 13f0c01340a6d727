"""Threads that wait for their turn, on a clock that only the test moves."""

import threading
from collections.abc import Callable, Iterator

import pytest

from desktop.engine.limits.allowance import Allowance, Meter
from desktop.engine.limits.rules import Caps
from desktop.engine.limits.throttle import Throttle
from shared.facts.ids import GroupId
from shared.limits import KIB, PIECE_BYTES
from tests.support.waiting import LONG_S

FILM = GroupId(b"f" * 16)
NONE = Caps(None, {})
ONE = Caps(100 * KIB, {})


class StillClock:
    now_s = 1000.0

    def wall_s(self) -> float:
        return self.now_s

    def monotonic_s(self) -> float:
        return self.now_s


class Scene:
    def __init__(self) -> None:
        self.clock = StillClock()
        self.throttle = Throttle(self.clock)
        self.woken = threading.Event()

    def cap(self, caps: Caps, *, lan_exempt: bool = False) -> None:
        self.throttle.change(caps, lan_exempt=lan_exempt)

    def allowance(self, person: bytes = b"ann", *, is_lan: bool = False) -> Allowance:
        made = Allowance(self.throttle, person, lambda ch: FILM if ch == 1 else None, is_lan=is_lan)
        made.wake = self.woken.set
        return made

    def taken(self, allowance: Allowance, wanted: int, ch: int = 1) -> int:
        """After it was woken."""
        assert self.woken.wait(LONG_S)
        self.woken.clear()
        return allowance.take(ch, wanted)


@pytest.fixture
def scene() -> Iterator[Scene]:
    made = Scene()
    yield made
    made.throttle.close()


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate()]


def in_thread(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_without_caps_all_passes_and_no_thread_runs(scene: Scene) -> None:
    scene.cap(NONE)
    assert scene.allowance().take(1, PIECE_BYTES) == PIECE_BYTES
    assert "throttle" not in threads()


def test_what_may_not_pass_yet_is_told_when_it_may(scene: Scene) -> None:
    scene.cap(ONE)
    allowance = scene.allowance()
    assert allowance.take(1, PIECE_BYTES) == 0
    assert allowance.take(1, PIECE_BYTES) == 0
    assert not scene.woken.is_set()
    scene.clock.now_s += 0.02
    assert scene.taken(allowance, PIECE_BYTES) == 2 * KIB
    scene.clock.now_s += 300
    assert [allowance.take(1, 5 * KIB) for _ in range(5)] == [2 * KIB, 2 * KIB, 2 * KIB, 2 * KIB, 0]


def test_another_cap_is_felt_by_who_waits_already(scene: Scene) -> None:
    scene.cap(Caps(0, {}))
    allowance = scene.allowance()
    assert allowance.take(1, PIECE_BYTES) == 0
    scene.cap(Caps(100 * KIB, {FILM: 50 * KIB}))
    assert scene.taken(allowance, PIECE_BYTES) == 0
    scene.clock.now_s += 1
    assert scene.taken(allowance, PIECE_BYTES) == KIB
    assert allowance.take(1, PIECE_BYTES) == KIB
    scene.cap(Caps(0, {}))
    assert allowance.take(1, PIECE_BYTES) == 0
    scene.cap(NONE)
    assert scene.taken(allowance, PIECE_BYTES) == PIECE_BYTES


def test_who_may_pass_already_is_told_although_the_caps_change_first(scene: Scene) -> None:
    scene.cap(ONE)
    first, second = scene.allowance(), scene.allowance(b"bo")
    assert first.take(1, KIB) == 0
    scene.clock.now_s += 0.02
    with scene.throttle._changed:  # its thread stands still meanwhile
        second.take(1, KIB)
        scene.cap(Caps(0, {}))
    assert scene.taken(first, KIB) == KIB


def test_a_cap_of_a_group_is_for_its_channels_alone(scene: Scene) -> None:
    scene.cap(Caps(None, {FILM: 0}))
    assert scene.allowance().take(2, PIECE_BYTES) == PIECE_BYTES
    assert scene.allowance().take(1, PIECE_BYTES) == 0


def test_what_waits_for_one_group_does_not_hold_up_another(scene: Scene) -> None:
    scene.cap(Caps(None, {FILM: 0}))
    allowance = scene.allowance()
    assert allowance.take(1, PIECE_BYTES) == 0
    assert allowance.take(2, PIECE_BYTES) == PIECE_BYTES


def test_who_is_on_the_lan_is_spared_if_that_was_chosen_and_at_once(scene: Scene) -> None:
    scene.cap(Caps(0, {}))
    near, far = scene.allowance(is_lan=True), scene.allowance()
    assert near.take(1, KIB) == 0
    scene.cap(Caps(0, {}), lan_exempt=True)
    assert scene.taken(near, KIB) == KIB
    assert far.take(1, KIB) == 0


def test_a_wish_that_was_dropped_is_not_granted(scene: Scene) -> None:
    scene.cap(ONE)
    first, second = scene.allowance(), scene.allowance(b"bo")
    assert first.take(1, KIB) == 0
    assert second.take(1, 2 * KIB) == 0
    first.drop()
    scene.clock.now_s += 0.02
    assert scene.taken(second, 2 * KIB) == 2 * KIB


def test_a_receiving_thread_waits_after_what_came_until_it_is_paid(scene: Scene) -> None:
    scene.cap(Caps(0, {}))
    meter = Meter(scene.allowance())
    paid = threading.Event()

    def receive() -> None:
        meter.frame_begins(KIB, pieces_awaited=True)
        meter.read(KIB)
        meter.message_came()
        meter.piece_came(1, 2 * KIB)
        paid.set()

    thread = in_thread(receive)
    assert not paid.wait(0.05)
    scene.cap(ONE)
    scene.clock.now_s += 1
    assert paid.wait(LONG_S)
    thread.join()


def test_a_long_frame_is_paid_for_while_it_comes_and_only_once(scene: Scene) -> None:
    scene.cap(ONE)
    scene.clock.now_s += 1
    meter = Meter(scene.allowance())
    meter.frame_begins(6 * KIB + 13, pieces_awaited=True)
    assert meter.read_bytes_max() == 2 * KIB
    for _ in range(3):
        meter.read(2 * KIB)
    meter.piece_came(1, 6 * KIB)
    meter.read(PIECE_BYTES)  # of the next frame, of which nothing is known yet
    other = scene.allowance(b"bo")
    assert [other.take(1, 2 * KIB), other.take(1, 2 * KIB)] == [2 * KIB, 0]


def test_short_messages_and_those_of_links_that_await_nothing_are_free(scene: Scene) -> None:
    scene.cap(Caps(0, {}))
    meter = Meter(scene.allowance())
    for size, pieces_awaited in ((KIB, True), (300 * KIB, False)):
        meter.frame_begins(size, pieces_awaited=pieces_awaited)
        meter.read(size)
        meter.message_came()


def test_the_end_of_a_link_frees_its_thread_at_once(scene: Scene) -> None:
    scene.cap(Caps(0, {}))
    meter = Meter(scene.allowance())
    thread = in_thread(lambda: meter.piece_came(1, KIB))
    meter.end()
    thread.join(LONG_S)
    assert not thread.is_alive()
    assert not meter.allowance.is_waiting
