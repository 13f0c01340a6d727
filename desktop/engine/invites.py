"""Invite links of others: what they say, beside what is known here, and which of them wait for a login."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Annotated

import msgspec

from desktop import private_files
from desktop.engine.trackers.known_networks import Candidate, KnownNetwork
from desktop.engine.views import InviteLinkView, LinkedTrackerView
from desktop.paths import NetworkFolder
from shared.addresses import is_loopback
from shared.errors import BadArgument
from shared.facts.ids import Gid, Seconds, Secret
from shared.invite_link import InviteLink, LinkTracker
from shared.limits import HOUR_S, INVITE_HOURS, INVITE_HOURS_MAX, INVITE_USES_MAX, REQUESTS_PER_USER_MAX
from shared.tracker_info import format_pin


class Waiting(msgspec.Struct, frozen=True):
    """A link that is to be used as soon as somebody is logged in at its network."""

    gid: Gid
    group: Annotated[str, msgspec.Meta(max_length=64)]
    secret: Secret | None = None
    until: Seconds = 0

    def __repr__(self) -> str:
        """The secret must not reach a log or a traceback."""
        return f"<Waiting {self.gid.hex()}>"


class _List(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    link: list[Waiting] = []


class WaitingLinks:
    """Of one network, on the disk until each was used: the newest, at most REQUESTS_PER_USER_MAX."""

    def __init__(self, folder: NetworkFolder) -> None:
        self._path = folder.waiting_links
        self._links = (private_files.read_toml(self._path, _List) or _List()).link

    def __iter__(self) -> Iterator[Waiting]:
        return iter(list(self._links))

    def add(self, link: InviteLink, now_s: float) -> Waiting:
        """Tried until its invite is over, or for as long as an invite may last: a link may say anything."""
        last = int(now_s) + INVITE_HOURS_MAX * HOUR_S
        until = min(link.until, last) if link.secret else last
        waiting = Waiting(link.gid, link.group, link.secret, until)
        others = [other for other in self._links if other.gid != link.gid]
        self._keep([*others, waiting][-REQUESTS_PER_USER_MAX:])
        return waiting

    def remove(self, waiting: Waiting) -> None:
        """But no newer link to the same group."""
        self._keep([other for other in self._links if other != waiting])

    def _keep(self, links: list[Waiting]) -> None:
        self._links = links
        if links:
            private_files.write_toml(self._path, _List(links))
        else:
            self._path.unlink(missing_ok=True)


def opening(uses: int | None, hours: int | None) -> tuple[int, int]:
    """How many an invite lets in, and how long. Raises BadArgument."""
    uses, hours = 1 if uses is None else uses, INVITE_HOURS if hours is None else hours
    if not 1 <= uses <= INVITE_USES_MAX:
        raise BadArgument(f"an invite is for 1 to {INVITE_USES_MAX} people")
    if not 1 <= hours <= INVITE_HOURS_MAX:
        raise BadArgument(f"an invite is for 1 to {INVITE_HOURS_MAX} hours")
    return uses, hours


def network_of(link: InviteLink, saved: Iterable[KnownNetwork]) -> KnownNetwork | None:
    """The one in which most of its trackers are known; None where that is none."""
    info = link.info
    best = max(saved, key=lambda network: network.matches(info), default=None)
    return best if best is not None and best.matches(info) else None


def reading(
    link: InviteLink, here: KnownNetwork, saved: list[KnownNetwork], now_s: float, *, is_member: bool
) -> InviteLinkView:
    """`saved` are all networks that are known here, `here` too. Dials nothing."""
    network = network_of(link, saved)
    where = "new" if network is None else "here" if network.folder == here.folder else "known"
    is_other_key = any(one.contradicts(link.info) for one in saved)
    return InviteLinkView(
        group=link.group,
        trackers=[
            LinkedTrackerView(
                address=address, pin=format_pin(key), known=network is not None and network.knows(key)
            )
            for address, key in link.trackers
        ],
        network=where,
        preapproved=link.secret is not None,
        until=link.until,
        expired=link.secret is not None and link.until <= now_s,
        member=is_member and where == "here",
        refused="pin_mismatch" if is_other_key else "",
    )


def trackers_of(candidates: Iterable[Candidate]) -> list[LinkTracker]:
    """Those that others may be sent to: by their keys, each tracker once before any of its other addresses,
    and the addresses of this computer alone only where there is no other."""
    known = list(dict.fromkeys(LinkTracker(one.address, one.pin) for one in candidates if one.pin))
    for_others = [one for one in known if not is_local(one)] or known
    keys = list(dict.fromkeys(one.key for one in for_others))
    places = [[one for one in for_others if one.key == key] for key in keys]
    return [one for turn in zip_longest(*places) for one in turn if one]


def is_local(tracker: LinkTracker) -> bool:
    """Whether only this computer can reach it."""
    return is_loopback(tracker.address.rpartition(":")[0].strip("[]"))
