"""What the user may set. The defaults here are the only ones; nothing else reads the file."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import msgspec
import platformdirs

from desktop import private_files

Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    download_dir: Path = msgspec.field(default_factory=platformdirs.user_downloads_path)
    """Where downloads go unless told otherwise."""

    ask_where: bool = False
    """Ask for a folder before each download."""

    listen: tuple[str, Port] | None = None
    """IP and port on which peers are served; port 0, or none at all, is a free one."""

    tracker_info: Path | None = None
    """The tracker file used last; none is a tracker of our own."""

    welcomed: bool = False
    """Somebody was logged in here: the window does not begin with its first page any more."""

    appearance: Literal["system", "light", "dark"] = "system"

    tray: Literal["ask", "stay", "quit"] = "ask"
    """What closing the window does, where the system has a tray."""

    notify_requests: bool = True
    """Tell by the system who asks to join, while the window is not in front."""

    notify_downloads: bool = True
    """The same for downloads that ended."""

    density: Literal["comfortable", "compact"] = "comfortable"
    """How high the rows of lists are."""

    language: Literal["system", "en", "de", "ar"] = "system"
    """Of the window."""

    def told(self, download_dir: Path | None) -> Self:
        """These, less what the command line says otherwise."""
        return msgspec.structs.replace(self, download_dir=download_dir.absolute()) if download_dir else self


class Kept:
    """The settings of a running program: those in force, and those on disk, which no command line changes."""

    def __init__(
        self, path: Path | None, saved: Settings, now: Settings, check_folder: Callable[[Path], None]
    ) -> None:
        """Without `path` nothing is written. `check_folder` raises for one that downloads may not go to."""
        self._check_folder = check_folder
        self.now = now
        self._path = path
        self._saved = saved
        self._listeners: list[Callable[[], object]] = []

    @property
    def profile(self) -> Path | None:
        """Where they lie."""
        return self._path and self._path.parent

    def change(self, **changed: Any) -> None:
        """In force and on disk when it returns; then the listeners are called. Raises BadPath, OSError."""
        if "download_dir" in changed:
            self._check_folder(changed["download_dir"])
        saved = msgspec.structs.replace(self._saved, **changed)
        if self._path and saved != self._saved:
            save(self._path, saved)
        self._saved = saved
        self.now = msgspec.structs.replace(self.now, **changed)
        for listener in [*self._listeners]:
            listener()

    def on_change(self, listener: Callable[[], object]) -> None:
        self._listeners.append(listener)

    def forget_listeners(self) -> None:
        """Before a window that listened is made anew."""
        self._listeners.clear()


def load(path: Path) -> Settings:
    """The settings in `path`, or the defaults where there is no such file. Raises BadArgument."""
    return private_files.read_toml(path, Settings) or Settings()


def save(path: Path, settings: Settings) -> None:
    private_files.write_toml(path, settings)
