"""What one seeder would rather give, as it gave it to the fewest so far: asked ahead of need, and kept until
it is asked for."""

from collections import deque
from dataclasses import dataclass, field

from desktop.engine.files.bitfield import Bits
from shared.errors import Violation
from shared.limits import BLOCK_PIECES, REQUEST_BATCH_MAX


@dataclass(frozen=True)
class Asked:
    """A Credit that is not answered yet."""

    block: int
    wanted: Bits
    """Bit 0 is the block's first piece."""
    count: int
    at: float

    def has(self, piece: int) -> bool:
        block, place = divmod(piece, BLOCK_PIECES)
        return block == self.block and bool(self.wanted >> place & 1)


@dataclass
class Grants:
    """Of one channel. At most one Credit at a time."""

    pieces: deque[int] = field(default_factory=deque)
    asked: Asked | None = None
    is_spent: bool = False
    """It granted nothing: who gives by its own choice must give something."""
    _ahead: int = 0

    def are_enough(self, window_pieces: int) -> bool:
        """For now, or more are asked for already."""
        return self.asked is not None or self.is_spent or len(self.pieces) > window_pieces // 2

    def lacking(self, window_pieces: int, *, is_alone: bool) -> int:
        """How many to ask for now, where so many may be in flight: what will be asked for until the answer
        comes is here already. Not more, as nobody else is given those meanwhile; where nobody else is seen,
        more and more, as each question costs both sides some work."""
        if self.are_enough(window_pieces):
            return 0
        more = min(2 * self._ahead, REQUEST_BATCH_MAX) if is_alone else 0
        self._ahead = max(window_pieces, more)
        return min(self._ahead - len(self.pieces), REQUEST_BATCH_MAX)

    def came(self, pieces: list[int]) -> None:
        """The answer. Raises Violation where that is not what was asked."""
        asked, self.asked = self.asked, None
        if (
            asked is None
            or len(set(pieces)) < len(pieces)
            or len(pieces) > asked.count
            or any(not asked.has(piece) for piece in pieces)
        ):
            raise Violation("pieces granted that nobody asked for")
        self.is_spent = not pieces
