"""Listings of files for a window: asked for by column and word, answered by number, told a page at a time."""

from collections.abc import Sequence

import msgspec


class FilesAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which files are to be listed, and how. `search` goes over all groups where `group` is None."""

    group: str | None = None
    folder: str = ""
    """What is right in it is listed, folders first; ends in a slash but for the outermost."""
    all_below: bool = False
    search: str = ""
    """Words that are all to be found in the name or in the folder's."""
    column: str = "name"
    """name, size, people, by, at, state, folder or group."""
    down: bool = False


class FileRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a listing."""

    id: int
    group: str
    name: str
    """As shown, with the folder; a folder's ends in a slash."""
    size: int
    files: int = 1
    """Of a folder: in it and below."""
    sharers: int = 0
    """Users with a live share."""
    online: int = 0
    """Those of them who were online when it was last looked at."""
    mine: bool = False
    """This device shares it."""
    by: str = ""
    at: int = 0
    older: int = 0
    """So many older versions of it are still shared."""


class FilesFound(msgspec.Struct, frozen=True, kw_only=True):
    order: Sequence[int]
    """The id of each line; file_rows() tells the rest. 4 bytes each."""
    files: int
    size: int
    rows: list[FileRow]
    """The first of them."""
