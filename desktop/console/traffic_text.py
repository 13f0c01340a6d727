"""Bytes, and who they come from and go to, as the prompt prints them."""

from desktop.engine.network_views import NetworkCheck
from desktop.engine.transfer_views import Holder, LastSeen
from desktop.engine.views import LinkView, SourceView
from shared.names import shown


def size_text(size: float) -> str:
    """Bytes for people: 8.4 GiB."""
    for unit in ("B", "KiB", "MiB", "GiB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} TiB"


def source(peer: SourceView) -> str:
    """Of a download."""
    parts = [
        f"{shown(peer.user)}: {peer.state}",
        f"gave {size_text(peer.given)}",
        f"{size_text(peer.down)}/s",
    ]
    if peer.in_flight:
        parts.append(f"{peer.in_flight} piece(s) in flight")
    return ", ".join(parts)


def part(done: int, size: int) -> str:
    return f"{100 * done // size if size else 100} %"


def last_seen(one: LastSeen) -> str:
    """Of somebody who has what a download lacks."""
    return f"{shown(one.user)}, who {_seen(one.ago_s)}"


def holder(one: Holder) -> str:
    """Of a member, and what all of them are to have."""
    if one.done == one.size:
        has = "all of it"
    else:
        has = f"{part(one.done, one.size)}{', fetches it now' if one.fetches else ''}"
    return f"{shown(one.user)}: {has}, {'you' if one.me else _seen(one.ago_s)}"


def _seen(ago_s: int | None) -> str:
    if ago_s == 0:
        return "is online"
    if ago_s is None:
        return "is not online"
    minutes = ago_s // 60
    ago = f"{ago_s} s" if not minutes else f"{minutes} min" if minutes < 60 else f"{minutes // 60} h"
    return f"was online {ago} ago"


_PORTS = {
    "reached": "others reach it",
    "local": "only this computer reaches it",
    "same": "the tracker is on this computer and cannot tell who reaches it",
    "unknown": "no tracker could try it",
    "refused": "others do not reach it: the connection is refused",
    "timeout": "others do not reach it: a firewall or a router lets nothing through",
    "unreachable": "others do not reach it: there is no way to this computer",
}


def network(check: NetworkCheck) -> list[str]:
    """A line for each thing."""
    rtt = "" if check.rtt is None else f", {1000 * check.rtt:.0f} ms away"
    off = "no tracker to compare it with" if check.clock_off_s is None else f"{check.clock_off_s:+.1f} s off"
    room = "is not there" if check.free is None else f"has {size_text(check.free)} free"
    return [
        f"trackers: {check.reachable} of {check.trackers} answer{rtt}",
        f"port {check.listen.rpartition(':')[2]}: {_PORTS.get(check.port, check.port)}",
        f"clock: {off}",
        f"disk: {shown(check.folder)} {room}",
    ]


def link(peer: LinkView) -> str:
    parts = [f"{shown(peer.user)} at {peer.address}"]
    if peer.rtt is not None:
        parts.append(f"{1000 * peer.rtt:.0f} ms away")
    parts += [
        f"down {size_text(peer.down)}/s{_held(peer.held_down)}",
        f"up {size_text(peer.up)}/s{_held(peer.held_up)}",
        f"received {size_text(peer.received)}",
        f"sent {size_text(peer.sent)}",
    ]
    return ", ".join(parts)


def _held(is_held: bool) -> str:
    return " (held by a cap)" if is_held else ""
