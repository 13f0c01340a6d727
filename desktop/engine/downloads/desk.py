"""What all downloads of the account have in common, as one line needs it."""

from typing import Protocol

from desktop.engine.downloads.journal import Journal
from desktop.engine.downloads.linked import Linked
from desktop.engine.downloads.offering import Offering
from desktop.engine.sharing.sharing import Sharing
from desktop.engine.surroundings import Surroundings
from shared.facts.ids import DeviceId


class Desk(Protocol):
    around: Surroundings
    links: Linked
    sharing: Sharing
    journal: Journal
    offering: Offering
    disk_retry_s: float

    @property
    def places(self) -> int:
        """For the files that a line may have open."""

    def rested(self, id_: int) -> None:
        """A line is at work no more."""

    def rejected(self, device: DeviceId) -> str:
        """A peer sent a bad piece. The name of whose it is."""

    def wasted(self, length: int) -> None: ...
    def lost(self, length: int) -> None:
        """Verified bytes that are to be fetched again."""
