"""The channels of a link that this side opened, and who hears what the other side says on them."""

from typing import Generic, NamedTuple, Protocol, TypeVar

from desktop.engine.files.piece_io import PieceOutcome
from desktop.engine.peers.peer_session import Answer
from shared.facts.ids import GroupId
from shared.wire import peer_messages as m

LinkT = TypeVar("LinkT")
LinkT_contra = TypeVar("LinkT_contra", contravariant=True)


class ChannelListener(Protocol[LinkT_contra]):
    """Told on the loop about the channels that it opened."""

    def opened(self, link: LinkT_contra, ch: int, message: m.Opened) -> None: ...
    def refused(self, link: LinkT_contra, ch: int, code: str) -> None: ...
    def block(self, link: LinkT_contra, ch: int, block: int, hashes: bytes) -> None: ...
    def have(self, link: LinkT_contra, ch: int, pieces: list[int]) -> None: ...
    def granted(self, link: LinkT_contra, ch: int, pieces: list[int]) -> None: ...
    def outcomes(self, link: LinkT_contra, outcomes: list[PieceOutcome]) -> None: ...
    def rejected(self, link: LinkT_contra, ch: int, piece: int, code: str) -> None: ...
    def closed(self, link: LinkT_contra, ch: int) -> None:
        """The link is lost."""


class Asked(NamedTuple, Generic[LinkT]):
    gid: GroupId
    listener: ChannelListener[LinkT]


class AskedChannels(dict[int, Asked[LinkT]]):
    """By their numbers, each until one of the sides closes it or the link ends."""

    @property
    def groups(self) -> set[GroupId]:
        return {asked.gid for asked in self.values()}

    def group_of(self, ch: int) -> GroupId | None:
        asked = self.get(ch)
        return asked.gid if asked else None

    def end(self, link: LinkT) -> None:
        """Listeners hear it, and of these channels nothing more."""
        asked = dict(self)
        self.clear()
        for ch, (_, listener) in asked.items():
            listener.closed(link, ch)


def tell(listener: ChannelListener[LinkT], link: LinkT, message: Answer) -> None:
    ch = message.ch
    match message:
        case m.Opened():
            listener.opened(link, ch, message)
        case m.Block():
            listener.block(link, ch, message.block, message.hashes)
        case m.Have():
            listener.have(link, ch, message.pieces)
        case m.Granted():
            listener.granted(link, ch, message.pieces)
        case m.Reject():
            listener.rejected(link, ch, message.piece, message.code)
        case m.Refuse():
            listener.refused(link, ch, message.code)
        case m.Choke() | m.Unchoke():
            pass  # what does not come is asked elsewhere, for whatever reason
