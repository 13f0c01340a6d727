"""What a window asks of transfers beyond their list: files of each, who fetches from here, who has all.

Plain values, as views.py; none of them is printed by the prompt.
"""

import msgspec


class DownloadFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a download."""

    name: str
    """As shared."""
    size: int
    done: int
    """Verified bytes."""
    state: str
    """D in work, W waits for its turn, C complete, F cannot be."""
    people: int
    """Who may be asked for it now."""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What others fetch from here now."""

    download: int | None
    """The download that it is part of, if so; else the next two say which share."""
    group: str
    name: str
    """A file, or the outermost folder, which ends in a slash."""
    people: list[str]
    up: float
    """Of what goes to them; where they fetch several things, a part for each."""


class SharedItem(msgspec.Struct, frozen=True, kw_only=True):
    """A file or an outermost folder that this device shares."""

    group: str
    name: str
    """A folder's ends in a slash."""
    files: int
    size: int
    path: str
    """Where it lies; of a folder one of its files."""


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """How much some paths of this computer are."""

    files: int
    size: int
    more: bool
    """These are not all: there are too many to look at before somebody wants them."""


class LastSeen(msgspec.Struct, frozen=True, kw_only=True):
    user: str
    ago_s: int | None
    """Since they were last seen; 0 is now, None is not known."""


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """How much a member has of a file or a folder."""

    user: str
    me: bool
    online: bool
    ago_s: int | None
    """As in LastSeen."""
    done: int
    size: int
    """Bytes that they have, and of all of it."""
    fetches: bool
    """They are linked and fetch it from here now: `done` then grows."""
