"""What the user may set. The defaults here are the only ones; nothing else reads the file."""

from pathlib import Path
from typing import Annotated, Literal, Self

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

    appearance: Literal["system", "light", "dark"] = "system"

    def told(self, download_dir: Path | None) -> Self:
        """These, less what the command line says otherwise."""
        return msgspec.structs.replace(self, download_dir=download_dir.absolute()) if download_dir else self


def load(path: Path) -> Settings:
    """The settings in `path`, or the defaults where there is no such file. Raises BadArgument."""
    return private_files.read_toml(path, Settings) or Settings()


def save(path: Path, settings: Settings) -> None:
    private_files.write_toml(path, settings)
