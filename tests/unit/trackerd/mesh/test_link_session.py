from typing import Any

import msgspec
import pytest

import shared.wire.mesh_messages as mm
from shared.errors import Violation
from shared.facts.rows import Gone, Kind, Row, encode_body
from trackerd.mesh.link_session import LinkSession

OURS, THEIRS = 1 << 55 | 7, 2 << 55 | 9


def hello(log: int, /, **changed: Any) -> mm.Hello:
    plain = mm.Hello(1, 1, log >> 55, bytes(16), log, {log: 5}, 0)
    return msgspec.structs.replace(plain, **changed)


def row(log: int = THEIRS, seq: int = 6) -> Row:
    return Row(Kind.GONE, bytes(16), 1, log, seq, encode_body(Gone(1)))


def greeted() -> LinkSession:
    session = LinkSession(2, hello(OURS))
    session.hears(hello(THEIRS))
    session.greeted(hello(THEIRS), {})
    return session


def refused(session: LinkSession, message: mm.AnyMessage) -> str:
    with pytest.raises(Violation) as refusal:
        session.hears(message)
    return str(refusal.value)


@pytest.mark.parametrize(
    "said",
    [
        hello(THEIRS, number=3),
        hello(THEIRS, log=3 << 55),
        hello(THEIRS, proto_min=2, proto_max=3),
        mm.Ack({}),
        mm.Live(THEIRS, 6, 6, [row()]),
    ],
    ids=["another number", "another's log", "another protocol", "no Hello", "rows before Hello"],
)
def test_who_does_not_greet_as_it_must_is_refused(said: mm.AnyMessage) -> None:
    refused(LinkSession(2, hello(OURS)), said)


def test_nobody_greets_twice() -> None:
    assert "out of turn" in refused(greeted(), hello(THEIRS))


@pytest.mark.parametrize(
    "live",
    [
        mm.Live(THEIRS + 1, 6, 6, [row(THEIRS + 1)]),
        mm.Live(3 << 55, 6, 6, [row(3 << 55)]),
        mm.Live(OURS, 6, 6, [row(OURS)]),
        mm.Live(THEIRS, 6, 6, [row(3 << 55)]),
        mm.Live(THEIRS, 6, 6, [row(seq=7)]),
        mm.Live(THEIRS, 7, 9, [row(seq=6)]),
        mm.Live(THEIRS, 6, 6, [Row(Kind.GONE, bytes(15), 1, THEIRS, 6, b"\x91\x01")]),
        mm.Live(THEIRS, 6, 6, [Row(Kind.GONE, bytes(16), 1, THEIRS, 6, b"\xc1")]),
    ],
    ids=[
        "an older run",
        "another's",
        "ours",
        "a row of another",
        "above",
        "below",
        "a bad key",
        "a bad body",
    ],
)
def test_forged_commits_are_refused(live: mm.Live) -> None:
    refused(greeted(), live)


def test_a_round_comes_only_when_asked_for_and_with_rows_that_hold() -> None:
    session = greeted()
    assert "nobody asked" in refused(session, mm.Rows([row()]))
    assert session.asking.next_round({}) == {}
    session.hears(mm.Rows([row(3 << 55), row()]))
    refused(session, mm.Rows([Row(Kind.GONE, bytes(15), 1, THEIRS, 6, b"\x91\x01")]))


def test_nobody_has_a_say_in_what_this_run_wrote() -> None:
    gc = [mm.Collected(bytes(16), THEIRS, 1)]
    came = mm.Rows([row(OURS, 8), row(OURS, 9), row()], {OURS: 9, THEIRS: 6}, True, gc, 7)
    assert greeted().taken(came, written=8) == mm.Rows([row(OURS, 8), row()], {THEIRS: 6}, True, gc, 7)
    assert greeted().taken(mm.Rows([]), written=8) == mm.Rows([])


def test_one_round_at_a_time() -> None:
    session = greeted()
    session.hears(mm.Pull({}))
    session.telling.is_in_round = True
    assert "second round" in refused(session, mm.Pull({}))
    session.telling.round_ended({})
    session.hears(mm.Pull({}))


def test_what_the_other_says_shows_what_lacks_here() -> None:
    session = greeted()
    assert session.asking.lacks({}) == {THEIRS: 5}
    session.hears(mm.Live(THEIRS, 6, 8, [row(seq=8)]))
    session.hears(mm.Ack({3 << 55: 2}))
    for message in (mm.Ping(), mm.Presence(False, [], []), mm.Checksum({}, [])):
        session.hears(message)
    assert session.asking.lacks({THEIRS: 6}) == {THEIRS: 8, 3 << 55: 2}
