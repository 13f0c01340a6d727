from shared.limits import COPY_WAIT_S_MAX
from trackerd.mesh.copies import Copies


class Writes:
    """Of one run: what each write was answered with, by its seq."""

    def __init__(self, *links: int) -> None:
        self.copies = Copies()
        self.answers: dict[int, int] = {}
        self.now_s = 100.0
        self._seq = 0
        for number in links:
            self.copies.link_up(number, 0, self.now_s)

    def write(self) -> int:
        self._seq += 1
        seq = self._seq
        self.copies.wrote(seq)
        self.copies.wait(seq, self.now_s, lambda copies: self.answers.update({seq: copies}))
        return seq

    def ack(self, number: int, seq: int, after_s: float = 0.0) -> None:
        self.now_s += after_s
        self.copies.heard(number, seq, self.now_s)

    def wait_is_over(self) -> None:
        assert self.copies.until_s is not None
        self.now_s = self.copies.until_s
        self.copies.expire(self.now_s)


def test_without_links_there_is_one_copy_and_no_wait() -> None:
    writes = Writes()
    writes.write()
    assert writes.answers == {1: 1}


def test_one_acknowledgement_answers_all_that_it_covers() -> None:
    writes = Writes(2, 3)
    for _ in range(3):
        writes.write()
    assert writes.answers == {}
    writes.ack(3, 2)
    assert writes.answers == {1: 2, 2: 2}
    writes.ack(2, 3)
    assert writes.answers[3] == 2
    assert writes.copies.until_s is None


def test_an_acknowledgement_that_came_first_counts() -> None:
    writes = Writes(2)
    writes.ack(2, 5)
    writes.write()
    assert writes.answers == {1: 2}


def test_a_tracker_that_hangs_costs_one_wait_and_no_more() -> None:
    writes = Writes(2)
    writes.write()
    writes.write()
    writes.wait_is_over()
    assert writes.now_s == 100.0 + COPY_WAIT_S_MAX
    assert writes.answers == {1: 1, 2: 1}
    assert writes.copies.is_lagging(2)
    writes.write()
    assert writes.answers[3] == 1


def test_nobody_waits_too_long_for_the_wait_of_another() -> None:
    writes = Writes(2)
    writes.copies.expire(writes.now_s)  # nobody waits at all
    writes.write()
    writes.copies.expire(writes.now_s + COPY_WAIT_S_MAX / 2)
    assert writes.answers == {}


def test_one_that_keeps_step_is_waited_for_while_another_hangs() -> None:
    writes = Writes(2, 3)
    writes.write()
    writes.ack(3, 1)
    writes.write()
    writes.wait_is_over()
    assert writes.answers == {1: 2, 2: 1}
    writes.ack(3, 2)
    writes.write()
    assert 3 not in writes.answers
    writes.ack(3, 3)
    assert writes.answers[3] == 2


def test_who_caught_up_is_waited_for_again() -> None:
    writes = Writes(2)
    writes.write()
    writes.wait_is_over()
    writes.ack(2, 1, after_s=60)
    assert not writes.copies.is_lagging(2)
    writes.write()
    writes.ack(2, 2)
    assert writes.answers[2] == 2


def test_while_writes_never_stop_whoever_acknowledges_in_good_time_is_in_step() -> None:
    writes = Writes(2)
    writes.write()
    writes.wait_is_over()
    writes.write()
    writes.ack(2, 1, after_s=60)  # of long ago
    assert writes.copies.is_lagging(2)
    writes.write()
    writes.ack(2, 2, after_s=COPY_WAIT_S_MAX / 10)  # of just now
    assert not writes.copies.is_lagging(2)


def test_a_link_that_comes_up_far_behind_is_not_waited_for() -> None:
    writes = Writes()
    for _ in range(5):
        writes.write()
    writes.copies.link_up(2, 3, writes.now_s)
    assert writes.copies.is_lagging(2)
    assert writes.copies.lag_rows(2) == 2
    writes.write()
    assert writes.answers[6] == 1
    writes.copies.link_up(3, 6, writes.now_s)
    assert not writes.copies.is_lagging(3)


def test_a_link_that_ends_lets_go_of_those_who_wait_unless_there_is_another() -> None:
    writes = Writes(2, 3)
    writes.write()
    writes.copies.link_down(2)
    assert writes.answers == {}
    writes.copies.link_down(3)
    assert writes.answers == {1: 1}
    writes.copies.link_down(3)  # said twice
