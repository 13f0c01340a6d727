import pytest
from hypothesis import given
from hypothesis import strategies as st

import shared.wire.tracker_messages as m
from desktop.engine.trackers.tracker_session import Answered, TrackerSession
from shared.errors import NotAMember, Violation
from shared.facts.ids import Dot, GroupId
from shared.wire.framing import tracker_frame

GID = GroupId(b"g" * 16)


def ok(request_id: int, answer: m.Answer, dot: Dot | None = None) -> bytes:
    return tracker_frame(request_id, m.encode(m.ok(answer, dot=dot)))


@given(st.lists(st.integers(1, 200)))
def test_answers_find_their_requests_in_any_order_and_however_they_are_cut(cuts: list[int]) -> None:
    session = TrackerSession()
    created, _ = session.ask(m.CreateGroup(bytes(32), "films"))
    asked, _ = session.ask(m.Ping())
    refused, _ = session.ask(m.Leave(GID))
    data = b"".join(
        [
            tracker_frame(refused, m.encode(m.Error("not_a_member", {"group": "films"}))),
            tracker_frame(0, m.encode(m.Changed(m.ME))),
            ok(created, m.GroupCreated(GID), Dot(5, 6)),
            ok(asked, m.Alive()),
        ]
    )
    came = []
    for cut in [*cuts, len(data)]:
        came += list(session.receive(data[:cut]))
        data = data[cut:]
    (refusal, push, *answers) = came
    assert isinstance(refusal, Answered)
    assert isinstance(refusal.answer, NotAMember)
    assert push == m.Changed(m.ME)
    assert answers == [Answered(created, m.GroupCreated(GID)), Answered(asked, m.Alive())]
    assert session.newest == Dot(5, 6)
    assert len(session) == 0


def test_a_push_that_only_a_newer_tracker_knows_is_passed_over() -> None:
    assert list(TrackerSession().receive(tracker_frame(0, b"\x92\xcc\xc7\x01"))) == []


@pytest.mark.parametrize(
    "data",
    [
        ok(7, m.Nothing()),
        tracker_frame(7, m.encode(m.Changed(m.ME))),
        tracker_frame(0, b"\xc1"),
        b"\xff" * 8,
        b"\0\0\0\2\0\0",
    ],
    ids=["answer to nothing", "push as an answer", "garbage", "too long", "too short"],
)
def test_what_is_out_of_turn_ends_the_connection(data: bytes) -> None:
    with pytest.raises(Violation):
        list(TrackerSession().receive(data))


def test_an_answer_of_another_kind_ends_the_connection() -> None:
    session = TrackerSession()
    asked, _ = session.ask(m.CreateGroup(bytes(32), "films"))
    with pytest.raises(Violation):
        list(session.receive(ok(asked, m.Nothing())))
