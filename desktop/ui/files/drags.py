"""Files that are dragged out of their list: to Transfers, or, as far as they are here, to other programs.

Neither X11 nor Wayland has a way, or none that Qt knows, to promise a file that is still to come; so what
is not on this computer is downloaded first, and dragged then.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QMimeData, QUrl

from desktop.engine.file_views import FileRow

FORMAT = "application/x-shoal-files"
DRAGGED_MAX = 500
"""Lines of one drag."""
CHOSEN_MAX = 1000
"""Lines that one act is done with."""
_BYTES_MAX = 1 << 20
MimeOf = Callable[[Sequence[FileRow]], QMimeData]


class Chosen(NamedTuple):
    id: int
    group: str
    name: str
    """A folder's ends in a slash."""


_decoder = msgspec.json.Decoder(list[Chosen])


def mime_of(rows: Sequence[FileRow], here: Sequence[Path]) -> QMimeData:
    """`here`: where those lie that are on this computer."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in here])
    mime.setData(FORMAT, msgspec.json.encode([Chosen(row.id, row.group, row.name) for row in rows]))
    return mime


def chosen_in(mime: QMimeData) -> list[Chosen]:
    """What is dragged out of a list here; nothing of what comes from elsewhere, or is not what it says."""
    raw = bytes(mime.data(FORMAT).data())
    try:
        return _decoder.decode(raw)[:DRAGGED_MAX] if 0 < len(raw) <= _BYTES_MAX else []
    except msgspec.MsgspecError:
        return []
