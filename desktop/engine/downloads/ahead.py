"""Links ahead to those who share what a person looks at: a download then begins without handshakes, which to
somebody far away take four round trips."""

from collections import Counter
from collections.abc import Container
from contextlib import suppress
from itertools import islice

from desktop.engine.downloads.linked import Linked
from shared.errors import Coded
from shared.facts.derive import live_shares
from shared.facts.ids import DeviceId, EntryId, GroupId
from shared.limits import AHEAD_AGAIN_S, AHEAD_PEERS_MAX, AHEAD_SHARES_MAX, LANES_MAX
from shared.wire import tracker_messages as t


class Ahead:
    def __init__(self, links: Linked) -> None:
        self._links = links
        self._around = links.around
        self._not_before: dict[DeviceId, float] = {}
        """They were looked for, and are linked, or could not be, or have no room."""

    def looked_at(self, gid: GroupId, online: Container[DeviceId]) -> None:
        """By a person, who is shown the files of this group. To be called now and then meanwhile; 5 ms."""
        now = self._around.clock.monotonic_s()
        self._not_before = {device: at for device, at in self._not_before.items() if at > now}
        shares: Counter[DeviceId] = Counter()
        some_file: dict[DeviceId, EntryId] = {}
        # In the order of their ids, which are hashes: those of a few files stand for all.
        for eid, sharer in islice(live_shares(self._around.mirror.rows, gid), AHEAD_SHARES_MAX):
            if sharer.dev in online and sharer.dev != self._around.dev:
                shares[sharer.dev] += 1
                some_file[sharer.dev] = eid
        most = sorted(shares, key=lambda device: (-shares[device], self._around.lot.random()))
        wanted = {
            device: some_file[device]
            for device in most[:AHEAD_PEERS_MAX]
            if device not in self._not_before and not self._links.peers(device)
        }
        if wanted:
            self._not_before |= dict.fromkeys(wanted, now + AHEAD_AGAIN_S)
            self._around.spawn(self._link(gid, wanted))

    def linked(self, device: DeviceId) -> None:
        """A further connection begins as slowly as the first one, and as far away."""
        if device in self._not_before:
            self._links.widen(device, LANES_MAX // len(self._not_before))

    async def _link(self, gid: GroupId, wanted: dict[DeviceId, EntryId]) -> None:
        with suppress(Coded):  # whoever downloads asks again, and is told what is wrong
            found = await self._around.tracker.request(t.Peers(gid, sorted(set(wanted.values()))))
            assert isinstance(found, t.PeersFound)
            for eid, peers in found.entries:
                for device in [device for device, of in wanted.items() if of == eid]:
                    self._links.dial(device, [(peer.ip, peer.port) for peer in peers if peer.dev == device])
