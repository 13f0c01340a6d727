"""Whether Shoal starts into the tray when its user logs in: an entry as freedesktop.org describes them."""

import re
import sys
from pathlib import Path

import platformdirs

from desktop import private_files

IS_POSSIBLE = sys.platform == "linux"
"""Other systems have other ways, which are not ours yet."""
_NAME = "io.github.shoal.Shoal.desktop"
_QUOTED = re.compile(r'(["`$\\])')


class Autostart:
    def __init__(self, profile: Path, folder: Path | None = None) -> None:
        """`folder` is where the system looks for what it is to start."""
        self._profile = profile
        self._file = (folder or platformdirs.user_config_path() / "autostart") / _NAME

    @property
    def is_on(self) -> bool:
        return self._file.exists()

    def turn(self, *, on: bool) -> None:
        """Raises OSError."""
        if on:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            private_files.replace(self._file, self._entry().encode(errors="surrogateescape"))
        else:
            self._file.unlink(missing_ok=True)

    def _entry(self) -> str:
        is_frozen = getattr(sys, "frozen", False)
        program = [sys.executable] if is_frozen else [sys.executable, "-m", "desktop"]
        words = [*program, "--hidden", "--profile", str(self._profile)]
        lines = ["[Desktop Entry]", "Type=Application", "Name=Shoal", f"Exec={' '.join(map(_quoted, words))}"]
        if not is_frozen:
            lines.append(f"Path={Path(__file__).parents[1]}")
        return "\n".join([*lines, ""])


def _quoted(word: str) -> str:
    """As the entry's specification wants it: quoted, and once more, as all its texts are escaped."""
    inside = _QUOTED.sub(r"\\\1", word).replace("%", "%%")
    return f'"{inside}"'.replace("\\", "\\\\")
