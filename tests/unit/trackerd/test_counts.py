from shared.errors import Busy, DeviceRevoked, Violation, WrongLogin
from trackerd.counts import COMMIT_BUCKETS_S, Counts


def test_logins_are_counted_by_how_somebody_proved_who_it_is() -> None:
    counts = Counts()
    counts.answered("Login")
    counts.answered("Login", WrongLogin())
    counts.answered("Renew")
    counts.greeted()
    counts.greeted(DeviceRevoked())
    counts.answered("Ping")
    assert counts.logins == {
        ("password", "ok"): 1,
        ("password", "wrong_login"): 1,
        ("renewal", "ok"): 1,
        ("certificate", "ok"): 1,
        ("certificate", "device_revoked"): 1,
    }
    assert counts.requests["Ping", "ok"] == counts.requests["Login", "wrong_login"] == 1


def test_only_what_broke_the_protocol_is_a_rejected_frame() -> None:
    counts = Counts()
    for error in (Violation("too long", "size"), Violation("what"), Busy(), ConnectionResetError(), None):
        counts.ended(error)
    assert counts.rejected == {"size": 1, "content": 1}


def test_a_commit_is_in_the_bucket_of_its_time() -> None:
    counts = Counts()
    for took_s in (0.0, 0.001, 0.0011, 99.0):
        counts.committed(took_s)
    assert counts.commits[:3] == [2, 1, 0]
    assert counts.commits[-1] == 1
    assert len(counts.commits) == len(COMMIT_BUCKETS_S) + 1
    assert abs(counts.commits_s - 99.0021) < 1e-9


def test_rates_are_those_of_the_last_minute() -> None:
    counts = Counts()
    assert counts.rates() == (0, 0, None)
    for second in range(200):
        counts.sample(float(second))
        if second >= 150:
            counts.committed(0.001)
            counts.greeted()
            counts.answered("Join", copies=2 if second % 4 else 1)
    commits_per_s, logins_per_s, twofold = counts.rates()
    assert abs(commits_per_s - 49 / 59) < 0.01
    assert logins_per_s == commits_per_s
    assert twofold is not None
    assert abs(twofold - 0.75) < 0.02
