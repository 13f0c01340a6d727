"""Names: valid on the wire, safe on every disk, equal under folding, plain on a screen."""

import functools
import re
import unicodedata

from shared.errors import BadName
from shared.limits import (
    COMPONENT_BYTES_MAX,
    EXTENSION_BYTES_MAX,
    NAME_BYTES_MAX,
    PATH_BYTES_MAX,
    PATH_COMPONENTS_MAX,
    SAVED_COMPONENT_BYTES_MAX,
)

# Written as ranges, not asked of unicodedata: every Python must draw the same line.
_UNSEEN = (
    r"\x00-\x1f\x7f-\x9f\u2028\u2029"  # Cc, Zl, Zp
    r"\ud800-\udfff\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"  # Cs, Co
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls
    r"\U000e0000-\U000e007f"  # tags
)
_JOINERS = r"\u180e\u200b-\u200d\u2060\ufeff"
"""Zero width: they shape Arabic and Indic words and make families of emoji; elsewhere they only deceive."""
_JOINABLE = (
    r"\u0600-\u061b\u061d-\u0dff\u1000-\u109f\u1780-\u180d\u180f-\u18ae\ua8e0-\ua8ff\ufb50-\ufdff\ufe70-\ufefc"
    r"\U00011000-\U00011fff"  # and above: Arabic to Sinhala, Myanmar, Khmer, Mongolian, Brahmi's family
    r"\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff"  # emoji
)
_DECEIVING = rf"[{_UNSEEN}]|(?<![{_JOINABLE}])[{_JOINERS}]|[{_JOINERS}](?![{_JOINABLE}])"
_UNPRINTABLE = re.compile(_DECEIVING)
_JOINERS_AT_END = re.compile(rf"[{_JOINERS}]+\Z")
_NOT_ON_WIRE = re.compile(rf"\\|{_DECEIVING}")

_NOT_IN_NAME = frozenset("~/\\")
_NOT_ON_DISK = frozenset('<>:"|?*/\\')
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"]
    + [f"{port}{digit}" for port in ("com", "lpt") for digit in range(10)]
)
_READ_BY_THE_SYSTEM = frozenset(["desktop.ini", "autorun.inf", "thumbs.db"])
_OURS = ".shoal"
_ACTS_WHEN_VIEWED = (".lnk", ".url", ".scf", ".website", ".library-ms", ".search-ms", ".desktop")


def check_shared_name(name: str) -> None:
    """Raises BadName unless `name` is a relative path as it may stand in an entry."""
    # Cleaning is the rule: what it leaves alone is right. The length first, so that a long one costs nothing.
    if len(name) > PATH_BYTES_MAX or clean_shared_name(name) != name:
        raise BadName(f"{shown(name[:NAME_BYTES_MAX])} cannot be the name of a shared file")


def clean_shared_name(name: str) -> str:
    """The nearest name that may be shared. Takes whatever a file system has, lone surrogates too.

    Too deep or too long a path loses folders after its first; nothing else changes the number of parts.
    """
    name = _NOT_ON_WIRE.sub("_", unicodedata.normalize("NFC", name))
    parts = [
        _capped("_" if part in (".", "..") else part, COMPONENT_BYTES_MAX) for part in name.split("/") if part
    ]
    while len(parts) > PATH_COMPONENTS_MAX or len("/".join(parts).encode()) > PATH_BYTES_MAX:
        del parts[1]
    return "/".join(parts) or "_"


def check_name(name: str) -> None:
    """Raises BadName unless a user or a group may be called so. `~` is kept for `name~xxxx`."""
    text = name[: NAME_BYTES_MAX + 1]
    kinds = [unicodedata.category(char) for char in text]
    spaced = "".join(" " if kind == "Zs" else char for char, kind in zip(text, kinds, strict=True))
    if (
        len(name) > NAME_BYTES_MAX
        or not all(kind == "Zs" or kind[0] in "LMNPS" for kind in kinds)
        or not _NOT_IN_NAME.isdisjoint(name)
        or "  " in f" {spaced} "
        or len(name.encode()) > NAME_BYTES_MAX
        or not unicodedata.is_normalized("NFC", name)
    ):
        raise BadName(
            f"{shown(name[:NAME_BYTES_MAX])} cannot be a name: 1 to {NAME_BYTES_MAX} bytes of letters,"
            " digits and signs but ~ / \\, with single spaces inside"
        )


def unmarked(shown_name: str) -> str:
    """The name that was asked for, of one that others may claim too."""
    return shown_name.partition("~")[0]


def fold(name: str) -> str:
    """What two names share that a person would take for one. Stored in rows: Unicode tables differ."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def same_name_key(saved: str) -> str:
    """Equal for two saved paths that some file system would take for one file."""
    return fold(saved)


def saved_path(shared_name: str, *, inside_folder: bool = False) -> str:
    """The relative path to save under, harmless on every system, whatever came in.

    `inside_folder`: it goes below a folder that was made for it, where `.gitignore` may stay `.gitignore`.
    """
    first, *rest = clean_shared_name(shared_name).split("/")
    return "/".join(
        [_on_disk(first, exposed=not inside_folder), *(_on_disk(part, exposed=False) for part in rest)]
    )


def numbered(name: str, number: int) -> str:
    """`a.txt`, 1 -> `a (1).txt`. Of a path, the last part; it is cut so that it can still be saved."""
    return marked(name, str(number))


def marked(name: str, mark: str) -> str:
    """`a.txt`, "beef" -> `a (beef).txt`."""
    folder, slash, last = name.rpartition("/")
    return folder + slash + _capped(last, SAVED_COMPONENT_BYTES_MAX, f" ({mark})")


def shown(text: str) -> str:
    """For the prompt and the log: one line that cannot steer a terminal or turn the reading direction."""
    return _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


@functools.lru_cache(maxsize=1024)  # the folders of many files
def _on_disk(part: str, *, exposed: bool) -> str:
    """`exposed`: it will stand where a shell's `*` or the system finds it."""
    if not part.isascii() or not _NOT_ON_DISK.isdisjoint(part):
        # Full-width and other disguises too: some file systems and shells unfold them.
        part = "".join(
            char if _NOT_ON_DISK.isdisjoint(unicodedata.normalize("NFKC", char)) else "_" for char in part
        )
    part = _capped(part.strip(" ").rstrip(" ."), SAVED_COMPONENT_BYTES_MAX).rstrip(" .") or "_"
    if part.lower().endswith(_ACTS_WHEN_VIEWED):
        part = _capped(part + ".download", SAVED_COMPONENT_BYTES_MAX)
    key = fold(part)
    if (
        key.partition(".")[0].strip() in _DEVICES
        or key in _READ_BY_THE_SYSTEM
        or key.startswith(_OURS)
        or (exposed and part[0] in ".-~")
    ):
        part = _capped("_" + part, SAVED_COMPONENT_BYTES_MAX)
    return part


def _capped(part: str, bytes_max: int, mark: str = "") -> str:
    """At most `bytes_max` bytes of whole characters, `mark` before the extension, which is kept."""
    if not mark and part.isascii() and len(part) <= bytes_max:
        return part
    stem, dot, extension = part.rpartition(".")
    if (
        not stem.strip(".")
        or not extension
        or " " in extension
        or len(extension.encode()) > EXTENSION_BYTES_MAX
    ):
        stem, tail = part, mark
    else:
        tail = mark + dot + extension
    cut = stem.encode()[: bytes_max - len(tail.encode())].decode(errors="ignore")
    return _JOINERS_AT_END.sub("", cut) + tail  # one that lost its neighbour would not be valid any more
