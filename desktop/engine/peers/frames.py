"""What the threads of a link send and receive frames by, whatever keeps them private on their way."""

from typing import Protocol


class Frames(Protocol):
    """All methods raise OSError, after which the link is of no more use."""

    def send(self, frame: memoryview | bytes) -> None:
        """A whole frame with its length, as docs/protocol.md 3 has it. Only ever called by one thread."""

    def hold(self, frame: memoryview | bytes) -> None:
        """The same, but a small one may wait for those that follow, until flush(): to send each alone costs
        more than all else that is done for it, here and where it arrives."""

    def flush(self) -> None: ...

    def receive_size(self) -> int:
        """Bytes of the frame that comes next, without its length. Raises Violation. This and the next are
        only ever called by one thread, in turns."""

    def receive_into(self, frame: memoryview) -> None:
        """`frame` is just as long. Nothing in it may be believed until this has returned."""
