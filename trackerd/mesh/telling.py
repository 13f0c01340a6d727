"""What one other tracker is told of this one's commits: all of them in order, or that it lacks some."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import shared.wire.mesh_messages as mm
from shared.facts.rows import Row
from shared.limits import MESH_BUFFERED_BYTES_MAX
from shared.wire.framing import tracker_frame
from trackerd.pages import pages


class LiveFrame(NamedTuple):
    """A Live as every link gets it: made once."""

    last: int
    frame: bytes


def live_frames(log: int, first: int, last: int, rows: Sequence[Row]) -> list[LiveFrame]:
    """Of one commit; `rows` have the dots from `first` to `last`."""
    cut = [*pages(rows)] if last >= first else []
    ends = [page[-1].seq for page in cut[:-1]] + [last]
    frames = []
    for page, end in zip(cut, ends, strict=False):
        live = mm.Live(log, first, end, page)
        frames.append(LiveFrame(end, tracker_frame(0, mm.encode(live))))
        first = end + 1
    return frames


class Telling:
    """Pure bookkeeping: each commit either goes out, waits for the end of a round, or is part of a claim.

    Where a Live was left out, no later one goes out before the claim, by which the other sees that it lacks
    something and asks for a round: so nothing is lost by whoever reads slowly, and little is kept for it.
    """

    def __init__(self, log: int) -> None:
        self._log = log
        """Of this run, the only one of which there are Lives."""
        self._held: list[LiveFrame] = []
        """Of no use to the other before the round has ended, as its vector does not move until then."""
        self._held_bytes = 0
        self._unsaid: dict[int, int] = {}
        """The claim: entries of this tracker's vector of which the other has not been told."""
        self.is_in_round = False
        """A round is on its way to the other."""

    def wrote(self, lives: Sequence[LiveFrame], unread_bytes: int) -> list[bytes]:
        """A commit of this run. What is to be sent of it now, while `unread_bytes` wait for the other."""
        if not lives:
            return []
        size = sum(len(live.frame) for live in lives)
        if self._log in self._unsaid or unread_bytes + self._held_bytes + size > MESH_BUFFERED_BYTES_MAX:
            self._unsaid[self._log] = lives[-1].last
            self._held, self._held_bytes = [], 0
        elif self.is_in_round:
            self._held += lives
            self._held_bytes += size
        else:
            return [live.frame for live in lives]
        return []

    def may_say(self, moved: Mapping[int, int], unread_bytes: int) -> bool:
        """Whether these entries, of other logs, may be told now; else they are part of the next claim."""
        is_full = unread_bytes > MESH_BUFFERED_BYTES_MAX
        if is_full:
            self._unsaid.update(moved)
        return not is_full

    def claim(self) -> dict[int, int]:
        """To be told when the other has read on; mostly nothing."""
        kept = self._unsaid.keys() & {self._log} if self.is_in_round else set()
        claim = {log: seq for log, seq in self._unsaid.items() if log not in kept}
        self._unsaid = {log: self._unsaid[log] for log in kept}
        return claim

    def round_ended(self, end: Mapping[int, int]) -> list[bytes]:
        """What is to be sent after the last part, which came to `end`: the commits that it does not have."""
        self.is_in_round = False
        held, self._held, self._held_bytes = self._held, [], 0
        return [live.frame for live in held if live.last > end.get(self._log, 0)]
