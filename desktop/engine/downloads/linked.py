"""The links of this device, as downloads ask over them."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from desktop.engine.downloads.asked_peer import AskedPeer, Link
from desktop.engine.surroundings import Surroundings
from shared.facts.ids import DeviceId


class Peers(Protocol):
    """The links, as downloads need them (peer_pool.Peers)."""

    def links_to(self, dev: DeviceId, /) -> Sequence[Link]: ...
    def widen(self, dev: DeviceId, connections: int, /) -> None: ...
    def want(self, dev: DeviceId, addresses: Iterable[tuple[str, int]], /) -> None: ...
    def bad_piece(self, dev: DeviceId, /) -> None: ...


class Linked:
    def __init__(self, around: Surroundings, peers: Peers) -> None:
        self.around = around
        self._peers = peers
        self._asked: dict[DeviceId, list[AskedPeer]] = {}

    def all(self) -> list[AskedPeer]:
        return [peer for peers in self._asked.values() for peer in peers]

    def peers(self, device: DeviceId) -> list[AskedPeer]:
        """One for each connection to it."""
        known = {peer.link: peer for peer in self._asked.pop(device, ())}
        now = self.around.clock.monotonic_s
        peers = [known.get(link) or AskedPeer(link, now) for link in self._peers.links_to(device)]
        if peers:
            self._asked[device] = peers
        return peers

    def widen(self, device: DeviceId, connections: int) -> None:
        """If it is far, it is linked by so many."""
        self._peers.widen(device, connections)

    def dial(self, device: DeviceId, addresses: list[tuple[str, int]]) -> None:
        self._peers.want(device, addresses)
