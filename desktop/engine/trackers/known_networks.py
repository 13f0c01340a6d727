"""What is remembered of each network: the keys of trackers that were met, and where they were."""

import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, NamedTuple, Self

import msgspec
from msgspec.structs import replace

from desktop import private_files
from desktop.paths import NetworkFolder, Profile
from shared.addresses import shown_address
from shared.errors import BadArgument
from shared.facts.derive import Rows, is_removed
from shared.facts.ids import Key32
from shared.facts.rows import Kind, Tracker, body_of
from shared.invite_link import LinkTracker
from shared.tracker_info import TrackerInfo, format_pin, parse

FORGOTTEN = 1
Address = Annotated[str, msgspec.Meta(max_length=262)]


class _Met(msgspec.Struct, frozen=True, kw_only=True):
    t_key: Key32
    number: int | None = None
    addresses: list[Address] = []


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    d_keys: list[Key32] = []
    tracker: list[_Met] = []


class Candidate(NamedTuple):
    """A tracker that may be dialled."""

    host: str
    port: int
    pin: bytes | None
    """T; None is trust on first use."""
    number: int | None

    @property
    def address(self) -> str:
        return shown_address(self.host, self.port)


class KnownNetwork:
    def __init__(self, folder: NetworkFolder) -> None:
        self.folder = folder
        self._known = private_files.read_toml(folder.trackers, _File) or _File()

    @classmethod
    def of(cls, profile: Profile, info: TrackerInfo, lot: random.Random) -> Self:
        """The saved network in which most keys of this tracker file are known, else a new one."""
        saved = [cls(folder) for folder in profile.networks]
        best = max(saved, key=lambda network: network.matches(info), default=None)
        if best is not None and best.matches(info):
            return best
        unmet = next((network for network in saved if not network.is_met), None)
        network = unmet or cls(profile.network(lot.randbytes(8).hex()))
        for line in info.lines:
            if line is not None and line.pin is not None:
                network.met(Candidate(line.host, line.port, line.pin, None).address, line.pin)
        return network

    @property
    def is_met(self) -> bool:
        """Whether any tracker of it was."""
        return bool(self._known.tracker)

    def matches(self, info: TrackerInfo) -> int:
        """How many lines of the file are of trackers that are known here."""
        keys = {one.t_key for one in self._known.tracker}
        lines = [line for line in info.lines if line is not None]
        places = [(line.pin, Candidate(line.host, line.port, None, None).address) for line in lines]
        return sum(pin in keys if pin else self.pin_at(address) is not None for pin, address in places)

    def knows(self, t_key: bytes) -> bool:
        return any(one.t_key == t_key for one in self._known.tracker)

    def contradicts(self, info: TrackerInfo) -> bool:
        """Whether a tracker was met here at an address for which `info` names another key."""
        lines = [line for line in info.lines if line is not None and line.pin is not None]
        pins = [(line.pin, self.pin_at(shown_address(line.host, line.port))) for line in lines]
        return any(known is not None and known != pin for pin, known in pins)

    def candidates(self, info: TrackerInfo, rows: Rows | None) -> list[Candidate]:
        """Whom to dial, in this order: the lines of the user's own file, then addresses from rows.

        A bare line gets the pin that was remembered for its address, else the one of a row.
        """
        told = [] if rows is None else list(_told(rows))
        pin_told = {address: found.pin for address, found in told}
        number_told = {found.pin: found.number for _, found in told}
        found: dict[str, Candidate] = {}
        for line in info.lines:
            if line is not None:
                bare = Candidate(line.host, line.port, line.pin, None)
                pin = line.pin or self.pin_at(bare.address) or pin_told.get(bare.address)
                number = self._number_of(pin) or number_told.get(pin)
                found[bare.address] = bare._replace(pin=pin, number=number)
        for address, candidate in told:
            found.setdefault(address, candidate)
        return [one for one in found.values() if not (rows and one.pin and is_removed(rows, one.pin))]

    def d_keys(self, rows: Rows | None) -> frozenset[bytes]:
        """Device authorities that are active, as far as is known: whose devices may be peers."""
        keys = set(self._known.d_keys)
        if rows is None:
            return frozenset(keys)
        for row in rows.scan(Kind.TRACKER, b""):
            keys.update(body_of(row, Tracker).d_keys)
        return frozenset(key for key in keys if not is_removed(rows, key))

    def pin_at(self, address: str) -> bytes | None:
        return next((one.t_key for one in self._known.tracker if address in one.addresses), None)

    def met(
        self, address: str, t_key: bytes, number: int | None = None, d_keys: list[bytes] | None = None
    ) -> None:
        """A verified tracker was at `address`, and said what its number and the active D's are."""
        known = {
            one.t_key: replace(one, addresses=[other for other in one.addresses if other != address])
            for one in self._known.tracker
        }
        here = known.get(t_key, _Met(t_key=t_key))
        known[t_key] = replace(here, number=number or here.number, addresses=[*here.addresses, address])
        file = _File(self._known.d_keys if d_keys is None else d_keys, list(known.values()))
        if file != self._known:
            self._known = file
            private_files.write_toml(self.folder.trackers, file)

    def note_file(self, trackers: Iterable[LinkTracker]) -> Path:
        """The network's own tracker file, with `trackers` and all addresses that are known in it."""
        path = self.folder.tracker_info
        try:
            text = path.read_text("utf-8")
            lines = [line for line in parse(text).lines if line is not None]
        except (OSError, UnicodeDecodeError, BadArgument):
            text, lines = "# Trackers of an invite link\n", []
        there = {shown_address(line.host, line.port) for line in lines}
        known = ((address, one.t_key) for one in self._known.tracker for address in one.addresses)
        more = {address: key for address, key in [*trackers, *known] if address not in there}
        text += "".join(f"{address} {format_pin(key)}\n" for address, key in more.items())
        private_files.replace(path, text.encode())
        return path

    def _number_of(self, t_key: bytes | None) -> int | None:
        return next((one.number for one in self._known.tracker if one.t_key == t_key), None)


def _told(rows: Rows) -> Iterator[tuple[str, Candidate]]:
    for row in rows.scan(Kind.TRACKER, b""):
        tracker = body_of(row, Tracker)
        for address in tracker.addresses if tracker.state != FORGOTTEN else []:
            try:
                line = parse(address).lines[0]
            except BadArgument:  # a newer tracker's way to say it
                continue
            if line is not None:
                candidate = Candidate(line.host, line.port, tracker.t_key, row.id[0])
                yield candidate.address, candidate
