import random
from pathlib import Path

import pytest

from desktop.engine.invites import WaitingLinks, is_local, network_of, opening, reading, trackers_of
from desktop.engine.trackers.known_networks import Candidate, KnownNetwork
from desktop.engine.views import InviteView
from desktop.paths import Profile
from shared.errors import BadArgument
from shared.facts.ids import GroupId
from shared.invite_link import InviteLink, LinkTracker, invite_link
from shared.tracker_info import parse
from shared.wire.tracker_messages import UseInvite

T1, T2, EVIL = (bytes([number]) * 32 for number in (1, 2, 9))
GID = GroupId(bytes(16))
NOW = 1_800_000_000
ONE, TWO = LinkTracker("192.0.2.1:21001", T1), LinkTracker("192.0.2.2:21001", T2)


class Stage:
    """A profile that is in the network of T1 and T2, by way of T1's file."""

    def __init__(self, folder: Path) -> None:
        self.profile = Profile(folder / "profile")
        self.here = self.knows(ONE)
        self.here.met(TWO.address, T2, 2)

    def knows(self, *trackers: LinkTracker) -> KnownNetwork:
        info = InviteLink([*trackers], GID, "film").info
        return KnownNetwork.of(self.profile, info, random.Random(0))

    @property
    def saved(self) -> list[KnownNetwork]:
        return [KnownNetwork(folder) for folder in self.profile.networks]

    def reads(self, *trackers: LinkTracker, secret: bytes | None = None, until: int = 0) -> tuple[str, str]:
        view = reading(
            InviteLink([*trackers], GID, "film", secret, until), self.here, self.saved, NOW, is_member=False
        )
        return view.network, view.refused


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def test_a_link_is_of_the_network_that_knows_its_trackers_by_their_keys(stage: Stage) -> None:
    assert stage.reads(TWO) == ("here", "")
    assert stage.reads(LinkTracker("198.51.100.7:21001", T1)) == ("here", "")  # it has moved
    assert stage.reads(LinkTracker("198.51.100.7:21001", EVIL)) == ("new", "")
    other = LinkTracker("198.51.100.7:21001", bytes(32))
    KnownNetwork.of(stage.profile, parse("198.51.100.8:1"), random.Random(1)).met(*other)
    assert stage.reads(other) == ("known", "")


def test_a_link_that_names_another_key_for_a_known_tracker_is_refused_and_changes_nothing(
    stage: Stage,
) -> None:
    known = stage.here.folder.trackers.read_bytes()
    for trackers in ([LinkTracker(ONE.address, EVIL)], [TWO, LinkTracker(ONE.address, EVIL)]):
        assert stage.reads(*trackers)[1] == "pin_mismatch"
    assert stage.here.folder.trackers.read_bytes() == known


def test_to_a_known_network_a_link_adds_no_tracker(stage: Stage) -> None:
    link = InviteLink([TWO, LinkTracker("198.51.100.7:21001", EVIL)], GID, "film")
    network = network_of(link, stage.saved)
    assert network is not None
    file = network.note_file([one for one in link.trackers if network.knows(one.key)])
    lines = parse(file.read_text()).lines
    assert {(line.host, line.pin) for line in lines if line} == {("192.0.2.1", T1), ("192.0.2.2", T2)}
    assert network.note_file([LinkTracker("198.51.100.9:21001", T1)]).read_text().count("\n") == 4
    file.write_text("nonsense here and there\n")
    assert len(parse(network.note_file([]).read_text()).lines) == 2


@pytest.mark.parametrize(("until", "expired"), [(NOW, True), (NOW + 1, False)])
def test_a_link_says_whom_it_lets_in_and_until_when(stage: Stage, until: int, expired: bool) -> None:
    opens = InviteLink([ONE], GID, "film", bytes(16), until)
    view = reading(opens, stage.here, stage.saved, NOW, is_member=True)
    assert (view.preapproved, view.until, view.expired, view.member) == (True, until, expired, True)
    asks = reading(InviteLink([ONE], GID, "film"), stage.here, stage.saved, NOW, is_member=False)
    assert (asks.preapproved, asks.expired, asks.member) == (False, False, False)


def test_others_are_sent_to_each_tracker_by_its_key_and_not_to_their_own_computer() -> None:
    candidates = [
        Candidate("127.0.0.1", 21001, T1, 1),
        Candidate("192.168.1.5", 21001, T1, 1),
        Candidate("192.168.1.5", 21001, T1, 1),
        Candidate("203.0.113.5", 21001, T1, 1),
        Candidate("192.168.1.6", 21001, None, None),
        Candidate("192.168.1.7", 21001, T2, 2),
    ]
    named = [one.address for one in trackers_of(candidates)]
    assert named == ["192.168.1.5:21001", "192.168.1.7:21001", "203.0.113.5:21001"]
    alone = trackers_of(candidates[:1])
    assert [one.address for one in alone] == ["127.0.0.1:21001"]
    assert is_local(alone[0])
    assert is_local(LinkTracker("[::1]:21001", T1))
    assert is_local(LinkTracker("localhost:21001", T1))
    assert not is_local(LinkTracker("host.example:21001", T1))
    assert trackers_of([]) == []


def test_links_wait_on_the_disk_for_their_login_the_newest_of_a_group_and_not_too_many(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = WaitingLinks(stage.here.folder)
    older = waiting.add(InviteLink([ONE], GID, "film"), NOW)
    waiting.add(InviteLink([ONE], GID, "film", bytes(16), NOW + 1), NOW)
    waiting.remove(older)  # it was used while the newer one came
    again = WaitingLinks(stage.here.folder)
    assert [(one.group, one.secret, one.until) for one in again] == [("film", bytes(16), NOW + 1)]
    assert stage.here.folder.waiting_links.stat().st_mode & 0o077 == 0
    again.remove(*again)
    assert not stage.here.folder.waiting_links.exists()
    monkeypatch.setattr("desktop.engine.invites.REQUESTS_PER_USER_MAX", 2)
    for number in range(4):
        again.add(InviteLink([ONE], GroupId(number.to_bytes(16, "big")), "film"), NOW)
    assert [int.from_bytes(one.gid, "big") for one in again] == [2, 3]


def test_no_secret_is_in_what_a_log_or_a_traceback_shows(stage: Stage) -> None:
    secret = b"open sesame, now"
    link = InviteLink([ONE], GID, "film", secret, NOW + 1)
    made = InviteView(
        link=invite_link([ONE], link), group="film", id="ab", uses=1, until=NOW, reach="network"
    )
    shown = repr([link, WaitingLinks(stage.here.folder).add(link, NOW), UseInvite(GID, secret), made])
    assert "sesame" not in shown
    assert made.link not in shown


@pytest.mark.parametrize(("secret", "until"), [(None, 0), (bytes(16), 1 << 39)])
def test_a_link_waits_no_longer_than_an_invite_may_last_whatever_it_says(
    stage: Stage, secret: bytes | None, until: int
) -> None:
    waiting = WaitingLinks(stage.here.folder).add(InviteLink([ONE], GID, "film", secret, until), NOW + 0.5)
    assert waiting.until == NOW + 365 * 24 * 3600


def test_an_invite_has_bounds_before_a_tracker_is_asked() -> None:
    assert opening(None, None) == (1, 168)
    assert opening(3, 24) == (3, 24)
    for uses, hours in ((0, 1), (1001, 1), (1, 0), (1, 8761)):
        with pytest.raises(BadArgument):
            opening(uses, hours)
