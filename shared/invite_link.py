"""Invite links, `shoal://join/…`: where a network's trackers are, by which keys they are known, which group,
and perhaps the secret that opens its door. Pure text: to read one dials nothing.

    shoal://join/ base64url( u8 version | msgpack array | first 4 bytes of SHA-256 of all before ), unpadded

The sum tells a link that was cut or mistyped from a good one; it guards against nobody.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import Annotated, NamedTuple

import msgspec

from shared.addresses import shown_address
from shared.errors import BadArgument, BadName
from shared.facts.ids import Gid, Key32, Seconds, Secret
from shared.facts.rows import UNREADABLE
from shared.limits import INVITE_LINK_CHARS_MAX, LINK_TRACKERS_MAX
from shared.names import check_name
from shared.tracker_info import TrackerInfo, format_pin, parse
from shared.wire.tracker_messages import Name

SCHEME = "shoal:"
PREFIX = f"{SCHEME}//join/"
VERSION = 1
_SUM_BYTES = 4
_WHOLE = re.compile(rf"(?i:{PREFIX})([A-Za-z0-9_-]+)/?")
Address = Annotated[str, msgspec.Meta(min_length=3, max_length=262)]


class LinkTracker(NamedTuple):
    address: Address
    """host:port, an IPv6 address in brackets."""
    key: Key32
    """T."""


class InviteLink(msgspec.Struct, frozen=True, array_like=True):
    """What a link says. None of it is proven, but that its trackers have the keys that it names."""

    trackers: Annotated[list[LinkTracker], msgspec.Meta(min_length=1, max_length=LINK_TRACKERS_MAX)]
    gid: Gid
    group: Name
    """As it was called when the link was made."""
    secret: Secret | None = None
    """Lets in whoever shows it to a tracker; None: they ask the owner."""
    until: Seconds = 0
    """When the secret is of no use any more."""

    def __repr__(self) -> str:
        """The secret must not reach a log or a traceback."""
        return f"<InviteLink {self.gid.hex()}>"

    @property
    def info(self) -> TrackerInfo:
        """Its trackers as a tracker file has them. Raises BadArgument."""
        return parse("".join(f"{address} {format_pin(key)}\n" for address, key in self.trackers))


def invite_link(trackers: Iterable[LinkTracker], link: InviteLink) -> str:
    """The text of `link` with as many of `trackers` as there is room for, at least one of them."""
    fitting: list[LinkTracker] = []
    text = ""
    for tracker in trackers:
        longer = _text(msgspec.structs.replace(link, trackers=[*fitting, tracker]))
        if len(fitting) < LINK_TRACKERS_MAX and len(longer) <= INVITE_LINK_CHARS_MAX:
            fitting, text = [*fitting, tracker], longer
    if not fitting:
        raise BadArgument("no tracker of this network is known by its key yet")
    return text


def read(text: str) -> InviteLink:
    """Raises BadArgument for what is no link, or not a whole one. Mail may have broken it into lines."""
    is_short = len(text) <= 2 * INVITE_LINK_CHARS_MAX
    found = _WHOLE.fullmatch("".join(text.split())) if is_short else None
    if found is None:
        raise BadArgument("that is no invite link: those begin with shoal://join/")
    raw = _bytes(found[1])
    if raw is None or hashlib.sha256(raw[:-_SUM_BYTES]).digest()[:_SUM_BYTES] != raw[-_SUM_BYTES:]:
        raise BadArgument("the invite link is not whole; copy all of it")
    if raw[0] != VERSION:
        raise BadArgument("the invite link was made by a newer Shoal; update this one")
    try:
        link = msgspec.msgpack.decode(raw[1:-_SUM_BYTES], type=InviteLink)
        check_name(link.group)
    except (*UNREADABLE, BadName) as error:
        raise BadArgument("this is not a whole invite link; ask for it again") from error
    _check_trackers(link)
    return link


def is_link(text: str) -> bool:
    """Whether it is meant as a link of Shoal at all, good or not."""
    return text.strip().lower().startswith(SCHEME)


def _check_trackers(link: InviteLink) -> None:
    keys: dict[str, bytes] = {}
    for address, key in link.trackers:
        if not _is_line(address, key) or keys.setdefault(address, key) != key:
            raise BadArgument("the invite link names a tracker that cannot be")


def _is_line(address: str, key: bytes) -> bool:
    try:
        lines = parse(f"{address} {format_pin(key)}").lines
    except BadArgument:
        return False
    line = lines[0]
    return len(lines) == 1 and line is not None and shown_address(line.host, line.port) == address


def _text(link: InviteLink) -> str:
    raw = bytes([VERSION]) + msgspec.msgpack.encode(link)
    raw += hashlib.sha256(raw).digest()[:_SUM_BYTES]
    return PREFIX + base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(digits: str) -> bytes | None:
    """None for what encodes no bytes, or has bits to spare that are not 0."""
    if len(digits) % 4 == 1:
        return None
    raw = base64.urlsafe_b64decode(digits + "=" * (-len(digits) % 4))
    is_exact = base64.urlsafe_b64encode(raw).decode().rstrip("=") == digits
    return raw if is_exact and len(raw) > 1 + _SUM_BYTES else None
