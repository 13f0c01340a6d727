"""Files that are dragged out of their list: to Transfers, or, as far as they are here, to other programs.

Neither X11 nor Wayland has a way, or none that Qt knows, to promise a file that is still to come; so what
is not on this computer is downloaded first, and dragged then.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
from PySide6.QtCore import QMimeData, QUrl

from desktop.engine.file_views import FileRow
from desktop.ui import amounts
from shared.limits import ENTRIES_PER_GROUP_MAX

FORMAT = "application/x-shoal-files"
DRAGGED_MAX = 500
"""Lines of one drag."""
CHOSEN_MAX = 1000
"""Lines that one act is done with."""
_BYTES_MAX = 1 << 20
_SIZE_MAX = 1 << 50
"""That is said of one; with more of them it is still a number for Qt."""
MimeOf = Callable[[Sequence[FileRow]], QMimeData]


class Chosen(NamedTuple):
    id: int
    group: str
    name: str
    """A folder's ends in a slash."""
    files: Annotated[int, msgspec.Meta(ge=1, le=ENTRIES_PER_GROUP_MAX)] = 1
    size: Annotated[int, msgspec.Meta(ge=0, le=_SIZE_MAX)] = 0
    """Bytes, of all its files."""


def weight(chosen: Sequence[Chosen]) -> str:
    """How much it is, in words."""
    return amounts.weight(sum(one.files for one in chosen), sum(one.size for one in chosen))


_decoder = msgspec.json.Decoder(list[Chosen])


def mime_of(rows: Sequence[FileRow], here: Sequence[Path]) -> QMimeData:
    """`here`: where those lie that are on this computer."""
    folders = {(row.group, row.name) for row in rows if row.name.endswith("/")}
    outer = [row for row in rows if not any((row.group, above) in folders for above in _above(row.name))]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in here])
    mime.setData(FORMAT, msgspec.json.encode([_chosen(row) for row in outer]))
    return mime


def _above(name: str) -> Iterator[str]:
    """The folders that it is in."""
    parts = name.rstrip("/").split("/")[:-1]
    return (above + "/" for above in accumulate(parts, "{}/{}".format))


def _chosen(row: FileRow) -> Chosen:
    return Chosen(row.id, row.group, row.name, max(row.files, 1), min(row.size, _SIZE_MAX))


def chosen_in(mime: QMimeData) -> list[Chosen]:
    """What is dragged out of a list here; nothing of what comes from elsewhere, or is not what it says."""
    raw = bytes(mime.data(FORMAT).data())
    try:
        return _decoder.decode(raw)[:DRAGGED_MAX] if 0 < len(raw) <= _BYTES_MAX else []
    except msgspec.MsgspecError:
        return []
