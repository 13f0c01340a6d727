"""What all downloads of the account have in common, as one line needs it."""

from typing import Protocol

from desktop.engine.downloads.fetch import Fetch
from desktop.engine.downloads.file_fetch import FileFetch
from desktop.engine.downloads.journal import Journal
from desktop.engine.downloads.sources import Switchboard
from desktop.engine.sharing.sharing import Sharing
from shared.facts.ids import DeviceId


class Desk(Switchboard, Protocol):
    sharing: Sharing
    journal: Journal
    disk_retry_s: float

    @property
    def places(self) -> int:
        """For the files that a line may have open."""

    def rested(self, id_: int) -> None:
        """A line is at work no more."""

    def opened(self, fetch: FileFetch) -> None: ...
    def got(self, fetch: Fetch, piece: int) -> None: ...
    def closed(self, fetch: Fetch) -> None:
        """Nothing of it is offered any more."""

    def rejected(self, device: DeviceId) -> str:
        """A peer sent a bad piece. The name of whose it is."""

    def wasted(self, length: int) -> None: ...
    def lost(self, length: int) -> None:
        """Verified bytes that are to be fetched again."""
