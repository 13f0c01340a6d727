"""What one other tracker has that this one lacks, and the round by which it is fetched."""

from collections.abc import Container, Iterable, Mapping

from shared.facts.replica import lift
from shared.facts.rows import Row


class Asking:
    """Pure bookkeeping of one link: at most one round at a time.

    A round that is cut is not begun anew: what came of it in whole and lies on the disk bounds the next one
    from the same run of the same tracker, and of no other, as only that one is known to have had no more
    below it. This tracker's own vector moves with the end of a round alone.
    """

    def __init__(self, own_log: int, had: Mapping[int, int], streamed: Mapping[int, int]) -> None:
        """`had` is the other's vector; `streamed` what an earlier link to the same run left behind."""
        self._own_log = own_log
        self.had = dict(had)
        """The other's vector, as far as it has told."""
        self.streamed = dict(streamed)
        self.is_asked = False
        """A round is under way."""
        self.is_wanted = False
        """One is to be asked for, if something still lacks then."""
        self.is_repair = False
        """The round under way brings everything, whatever the vectors say."""
        self._wants_repair = self._wants_end = False
        self._sure: dict[int, int] = {}
        """What the other had when it was asked: of what it holds above, it may have yet to get some."""
        self._lacked: dict[int, int] = {}

    def told(self, vv: Mapping[int, int]) -> None:
        """The other has all up to there."""
        lift(self.had, vv)

    def lacks(self, seen: Mapping[int, int]) -> dict[int, int]:
        """What the other has above `seen`. O(logs)."""
        return self._above(self.had, seen)

    def missed(self) -> None:
        """A commit came that does not follow on what is here. A round under way has it."""
        self.is_wanted |= not self.is_asked

    def claimed(self, vv: Mapping[int, int], seen: Mapping[int, int], live: Container[int]) -> None:
        """The other said that it has this, and all that it had said before is applied.

        Of the logs in `live` their writers tell on other links. Of its own the other tells only here, and
        speaks of it in this way where it had to leave something out.
        """
        self.is_wanted |= any(log not in live for log in self._above(vv, seen))

    def turn(self, seen: Mapping[int, int]) -> None:
        """Every ROUND_EVERY_S: what lacked one turn ago and still does is on no way either."""
        self.is_wanted |= bool(self._above(self._lacked, seen))
        self._lacked = self.lacks(seen)

    def want_end(self) -> None:
        """A round also where nothing lacks: for what the other says at the end of it."""
        self._wants_end = True

    def repair(self) -> None:
        self.is_wanted = self._wants_repair = True

    def next_round(self, seen: Mapping[int, int]) -> dict[int, int] | None:
        """The vector above which to ask, now; None if nothing is wanted, or a round is under way."""
        if self.is_asked or not (self.is_wanted or self._wants_end):
            return None
        self.is_repair, self._wants_repair = self._wants_repair, False
        self.is_asked = self.is_repair or self._wants_end or bool(self.lacks(seen))
        self.is_wanted = self._wants_end = False
        self._sure = dict(self.had)
        if not self.is_asked:
            return None
        above: dict[int, int] = {}
        if not self.is_repair:
            lift(above, seen)
            lift(above, self.streamed)
        return above

    def took(self, rows: Iterable[Row], *, whole: bool) -> None:
        """A part of the round is on the disk."""
        if whole:  # what it leaves out counts too, and that is known at its end
            self.streamed = {}
        elif not self.is_repair:
            came = {row.log: row.seq for row in rows}  # the last of each log, in the order of the dots
            sure = {log: min(seq, self._sure.get(log, 0)) for log, seq in came.items()}
            lift(self.streamed, sure)

    def ended(self) -> None:
        """The round is in, and this tracker's vector has moved."""
        self.is_asked = self.is_repair = False
        self.streamed = {}

    def _above(self, vv: Mapping[int, int], seen: Mapping[int, int]) -> dict[int, int]:
        # Of its own log no tracker lacks anything.
        return {log: seq for log, seq in vv.items() if seq > seen.get(log, 0) and log != self._own_log}
