import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.peers.peer_session import LEGAL, Answer, PeerSession, Question, Served, State
from shared.errors import Violation
from shared.facts.ids import EntryId, GroupId
from shared.limits import STRIKES_MAX
from shared.wire import peer_messages as m

GID, EID = GroupId(b"g" * 16), EntryId(b"e" * 16)
HELLO = m.Hello(1, 1, "test")
OPENED = m.Opened(0, bytes(54), b"", None, None)
EXAMPLES: dict[type[m.Message], m.AnyMessage] = {
    type(message): message
    for message in (
        HELLO, OPENED, m.Open([m.Opening(5, GID, EID)]), m.OpenBundle(6, GID, [EID]),
        m.Refuse(0, "not_yet"), m.Close(0), m.GetBlock(0, 0),
        m.Block(0, 0, b""), m.Have(0, [0]), m.Request(0, [0]), m.Cancel(0, [0]), m.Reject(0, 0, "busy"),
        m.Credit(0, 0, b"", 1), m.Granted(0, []), m.Choke(0), m.Unchoke(0), m.Ping(), m.Pong(), m.Bye(),
    )
}  # fmt: skip


def greeted() -> PeerSession:
    session = PeerSession()
    session.hears(HELLO)
    session.says(HELLO)
    return session


def test_every_message_has_its_place_in_the_table() -> None:
    assert set(EXAMPLES) == {kind for states in LEGAL.values() for kind in states}
    assert set(EXAMPLES) == {*m.AnyMessage.__args__}


@pytest.mark.parametrize("message", EXAMPLES.values(), ids=lambda message: type(message).__name__)
def test_before_hello_nothing_is_heard_but_hello_and_bye(message: m.AnyMessage) -> None:
    if isinstance(message, m.Hello | m.Bye):
        assert PeerSession().hears(message)
    else:
        with pytest.raises(Violation):
            PeerSession().hears(message)


@pytest.mark.parametrize("message", EXAMPLES.values(), ids=lambda message: type(message).__name__)
def test_after_bye_nothing_is_heard(message: m.AnyMessage) -> None:
    session = greeted()
    session.hears(m.Bye())
    with pytest.raises(Violation):
        session.hears(message)


def test_what_was_asked_for_early_may_be_cancelled_and_asked_for_again() -> None:
    served = Served(GID, [EID])
    served.cancel([0])
    served.early = m.Request(5, [3, 1, 2])
    served.cancel([1, 7])
    assert served.early == m.Request(5, [3, 2])
    served.cancel([3, 2])
    assert served.early is None


def test_hello_is_said_once() -> None:
    with pytest.raises(Violation):
        greeted().hears(HELLO)


@pytest.mark.parametrize("kind", Answer.__args__)
def test_a_channel_that_nobody_opened_has_no_answers(kind: type[m.AnyMessage]) -> None:
    with pytest.raises(Violation):
        greeted().hears(EXAMPLES[kind])


@pytest.mark.parametrize("kind", Answer.__args__)
def test_what_crosses_our_close_is_passed_over(kind: type[m.AnyMessage]) -> None:
    session = greeted()
    session.says(m.Open([m.Opening(session.new_channel(), GID, EID)]))
    session.says(m.Close(0))
    assert not session.hears(EXAMPLES[kind])


def test_a_channel_is_opened_once_and_refused_once() -> None:
    session = greeted()
    session.new_channel()
    with pytest.raises(Violation):
        session.hears(m.Have(0, [1]))
    assert session.hears(OPENED)
    with pytest.raises(Violation):
        session.hears(OPENED)
    assert session.hears(m.Have(0, [1]))
    assert session.hears(m.Refuse(0, "not_yet"))
    assert not session.hears(m.Refuse(0, "not_yet"))


@pytest.mark.parametrize("kind", [kind for kind in Question.__args__ if kind not in (m.Open, m.OpenBundle)])
def test_what_is_asked_on_a_channel_that_is_not_served_is_passed_over(kind: type[m.AnyMessage]) -> None:
    assert not greeted().hears(EXAMPLES[kind])


def test_their_channel_numbers_are_free_again_after_the_end_only() -> None:
    session = greeted()
    openings = [m.Opening(5, GID, EID)]
    with pytest.raises(Violation):
        session.hears(m.Open(openings * 2))
    session.served[5] = Served(GID, [EID])
    with pytest.raises(Violation):
        session.hears(m.Open(openings))
    del session.served[5]
    assert session.hears(m.Open(openings))


def test_nothing_is_said_after_bye() -> None:
    session = greeted()
    assert session.says(m.Bye())
    assert not session.says(m.Ping())
    assert not session.says(m.Bye())


def test_strikes_are_forgiven_for_a_while() -> None:
    session = greeted()
    for _ in range(STRIKES_MAX):
        session.strike("asked twice")
    with pytest.raises(Violation):
        session.strike("asked twice")


@given(st.lists(st.sampled_from(list(EXAMPLES.values()))))
def test_whatever_is_heard_the_session_says_so_or_raises_a_violation(messages: list[m.AnyMessage]) -> None:
    session = PeerSession()
    session.new_channel()
    for message in messages:
        before = session.theirs
        try:
            session.hears(message)
        except Violation:
            return
        assert before is not State.CLOSED
