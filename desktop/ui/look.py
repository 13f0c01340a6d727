"""How a person left the window, for the next start."""

from typing import Annotated

import msgspec

from desktop.ui.files.texts import COLUMNS
from desktop.ui.files.tree_model import COLUMN_COUNT
from desktop.ui.transfers.rows import FILTERS

Px = Annotated[int, msgspec.Meta(ge=0, le=16_384)]
CHARS_MAX = 4096


class Look(msgspec.Struct, frozen=True, kw_only=True):
    groups_px: Px = 240
    files_px: Px = 0
    """Their height, and that of the transfers; 0 is as the window has room."""
    transfers_px: Px = 0
    details_px: Px = 0
    """0 is closed."""
    as_list: bool = False
    tree_sort: tuple[Annotated[int, msgspec.Meta(ge=0, lt=COLUMN_COUNT)], bool] = (0, False)
    list_sort: tuple[Annotated[int, msgspec.Meta(ge=0, lt=len(COLUMNS))], bool] = (0, False)
    tab: Annotated[int, msgspec.Meta(ge=0, lt=len(FILTERS))] = 0


def written(look: Look) -> str:
    return msgspec.json.encode(look).decode()


def read(text: object) -> Look:
    """The defaults, unless it is what written() wrote."""
    try:
        return msgspec.json.decode(str(text)[:CHARS_MAX], type=Look)
    except (msgspec.DecodeError, UnicodeError):
        return Look()
