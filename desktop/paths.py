"""Where everything of one profile lies on the disk, and that one process at a time uses it."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import platformdirs

from desktop import private_files
from shared.errors import BadPath
from shared.facts.ids import UserId
from shared.file_lock import locked


@dataclass(frozen=True)
class AccountFolder:
    """One account on this computer: its key, and what it shares and downloads."""

    root: Path

    @property
    def device_key(self) -> Path:
        return self.root / "device.key"

    @property
    def device_crt(self) -> Path:
        return self.root / "device.crt"

    @property
    def mirror(self) -> Path:
        return self.root / "mirror.sqlite"

    @property
    def library(self) -> Path:
        return self.root / "library.sqlite"


@dataclass(frozen=True)
class NetworkFolder:
    """One network: the trackers that trust each other, and our accounts there."""

    root: Path

    @property
    def trackers(self) -> Path:
        return self.root / "trackers.toml"

    @property
    def tracker_info(self) -> Path:
        """Of a network that was entered by a link: its tracker file."""
        return self.root / "tracker_info.txt"

    @property
    def waiting_links(self) -> Path:
        return self.root / "waiting_links.toml"

    @property
    def accounts(self) -> Path:
        return self.root / "accounts" / "accounts.toml"

    def account(self, uid: UserId) -> AccountFolder:
        return AccountFolder(private_files.make_folder(self.root / "accounts" / uid.hex()))


class Profile:
    """All state of one user of this computer. Folders are 0700, files 0600."""

    def __init__(self, root: Path) -> None:
        """Makes the folder. Raises BadPath for one with other things in it, which we would take over."""
        self.root = root.expanduser().absolute()
        self.lock_file = self.root / "lock"
        if (
            self.root.exists()
            and not self.lock_file.exists()
            and (not self.root.is_dir() or any(self.root.iterdir()))
        ):
            raise BadPath(f"{self.root} is no profile of Shoal, and there are other things in it")
        private_files.make_folder(self.root)
        self.lock_file.touch(0o600)

    @classmethod
    def open(cls, root: Path | None = None) -> Self:
        return cls(root or platformdirs.user_data_path("shoal", appauthor=False))

    @property
    def settings(self) -> Path:
        return self.root / "settings.toml"

    @property
    def limits(self) -> Path:
        return self.root / "limits.toml"

    @property
    def window(self) -> Path:
        return self.root / "window.ini"

    @property
    def window_socket(self) -> Path:
        """On which the window hears of later starts."""
        return self.root / "window.socket"

    @property
    def log(self) -> Path:
        return private_files.make_folder(self.root / "log")

    @property
    def own_tracker(self) -> Path:
        """What the tracker that we run ourselves has: its tracker_info.txt and its data."""
        return private_files.make_folder(self.root / "tracker")

    @property
    def networks(self) -> list[NetworkFolder]:
        folder = private_files.make_folder(self.root / "networks")
        return [NetworkFolder(path) for path in sorted(folder.iterdir()) if path.is_dir()]

    def network(self, name: str) -> NetworkFolder:
        """`name` is 16 hex digits."""
        return NetworkFolder(private_files.make_folder(self.root / "networks" / name))

    def lock(self) -> AbstractContextManager[None]:
        """Held while a process uses the profile. Raises ProfileInUse."""
        return locked(self.lock_file)

    def check_download_dir(self, folder: Path) -> None:
        """Raises BadPath for a folder that is the profile, in it or around it: what others send must not
        lie beside keys, nor our keys in what we share."""
        there, here = folder.expanduser().resolve(), self.root.resolve()
        if there.is_relative_to(here) or here.is_relative_to(there):
            raise BadPath(f"{folder}: it may not hold Shoal's own folder, nor lie in it")
