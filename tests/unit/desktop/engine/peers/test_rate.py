import pytest

from desktop.engine.peers.rate import Rate, TokenBucket


class Hand:
    """A clock that is set by hand."""

    now_s = 0.0

    def monotonic_s(self) -> float:
        return self.now_s

    def wall_s(self) -> float:
        return self.now_s


class Paced(Rate):
    def __init__(self) -> None:
        self.hand = Hand()
        super().__init__(self.hand)

    def at(self, now_s: float) -> "Paced":
        self.hand.now_s = now_s
        return self


def test_a_steady_stream_has_its_rate() -> None:
    rate = Paced()
    for tenth in range(100):
        rate.at(tenth / 10).add(100)
    assert rate.at(10.0).bytes_per_s() == pytest.approx(1000, rel=0.1)
    assert rate.total == 10_000


def test_a_stream_that_begins_is_measured_from_its_beginning() -> None:
    rate = Paced()
    for tenth in range(10):
        rate.at(60 + tenth / 10).add(100)
    assert rate.at(61.0).bytes_per_s() == pytest.approx(1000, rel=0.1)


def test_a_stream_that_stops_is_forgotten_after_three_seconds() -> None:
    rate = Paced()
    rate.at(1.0).add(3000)
    assert rate.at(3.0).bytes_per_s() > 0
    assert rate.at(4.3).bytes_per_s() == 0
    assert rate.total == 3000


def test_asking_changes_nothing() -> None:
    rate = Paced()
    rate.at(1.0).add(3000)
    assert rate.at(99.0).bytes_per_s() == 0
    assert rate.at(1.1).bytes_per_s() == 12_000


def test_a_bucket_lets_its_rate_pass_and_a_second_of_it_at_once() -> None:
    bucket, passed = TokenBucket(10), []
    for now in range(50):
        count = 0
        while bucket.has_one(now / 10):
            bucket.take()
            count += 1
        passed.append(count)
    assert passed[0] == 10
    assert sum(passed) == pytest.approx(10 + 49, abs=1)
