import pytest

from desktop.engine.peers.rate import Rate, TokenBucket


def test_a_steady_stream_has_its_rate() -> None:
    rate = Rate()
    for tenth in range(100):
        rate.add(100, tenth / 10)
    assert rate.bytes_per_s(10.0) == pytest.approx(1000, rel=0.1)
    assert rate.total == 10_000


def test_a_stream_that_begins_is_measured_from_its_beginning() -> None:
    rate = Rate()
    for tenth in range(10):
        rate.add(100, 60 + tenth / 10)
    assert rate.bytes_per_s(61.0) == pytest.approx(1000, rel=0.1)


def test_a_stream_that_stops_is_forgotten_after_three_seconds() -> None:
    rate = Rate()
    rate.add(3000, 1.0)
    assert rate.bytes_per_s(3.0) > 0
    assert rate.bytes_per_s(4.3) == 0
    assert rate.total == 3000


def test_asking_changes_nothing() -> None:
    rate = Rate()
    rate.add(3000, 1.0)
    assert rate.bytes_per_s(99.0) == 0
    assert rate.bytes_per_s(1.1) == 12_000


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
