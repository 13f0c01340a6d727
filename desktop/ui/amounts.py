"""Sizes, rates, times and counts in words, and names made safe to stand among them."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QFontMetrics

from desktop.ui.words import joined, tr, tr_n
from shared.limits import DAY_S
from shared.names import shown

NAMES_KEPT_MAX = 256
"""A line that moves says its names again ten times a second."""
_HTML = re.compile("[<&]")
_ID_DIGITS = 8
"""Of a computer, as much as tells it from another."""


def isolated(text: str) -> str:
    """So that text of either direction leaves the order of its neighbours alone."""
    return f"\u2068{text}\u2069"


@lru_cache(NAMES_KEPT_MAX)
def name(text: str) -> str:
    """A name from outside, as it may stand in any label, and in a tool tip, which takes for HTML what looks
    like it: a mark that takes no room stands behind what it would begin with."""
    return isolated(_HTML.sub("\\g<0>\u2060", shown(text)))


def computers(known: Sequence[tuple[str, str]]) -> list[str]:
    """What each is called, of whom label and id are given: also by its id, where others are called alike."""
    called = Counter(label for label, _ in known)
    return [
        name(label) if called[label] == 1 else f"{name(label)} ({isolated(id_[:_ID_DIGITS])})"
        for label, id_ in known
    ]


def path(text: str) -> str:
    """A long one, which a label may break into lines where a folder ends."""
    return name(text).replace("/", "/\u200b")


def short_name(name_: str) -> str:
    """The last part of what is called by a path, as of a folder."""
    return name(name_.rstrip("/").rpartition("/")[2])


def number(count: int) -> str:
    return QLocale().toString(count)


def size(count: float) -> str:
    locale = QLocale()
    precision = 0 if count < 1000 else 1
    return isolated(locale.formattedDataSize(int(count), precision, QLocale.DataSizeFormat.DataSizeSIFormat))


def weight(files: int, bytes_: float) -> str:
    return joined([tr_n("%n files", files, one="%n file"), size(bytes_)])


def widest(of: QFontMetrics) -> str:
    """The size that takes most room, in the language in use."""
    return max((size(count) for count in (999, 999.9e3, 999.9e6, 999.9e9)), key=of.horizontalAdvance)


def rate(bytes_per_s: float) -> str:
    return isolated(tr("{size}/s", size=size(bytes_per_s)) if bytes_per_s >= 1 else tr("0 kB/s"))


def rates(down: float, up: float) -> str:
    """Arrows have no direction: where one reads from the right, a mark that takes no room tells labels so."""
    mark = "\u200f" if QLocale().textDirection() == Qt.LayoutDirection.RightToLeft else ""
    return f"{mark}↓ {rate(down)}   ↑ {rate(up)}"


def per_mille(done: int, whole: int) -> int:
    """Rounded down: 1000 is complete and nothing else is. Nothing of nothing is complete."""
    return 1000 * done // whole if whole else 1000


def percent(mille: int) -> str:
    return isolated(f"{number(mille // 10)} {QLocale().percent()}")


def time_left(missing: int, bytes_per_s: float) -> str:
    """Empty when there is nothing to say."""
    if bytes_per_s < 1 or missing <= 0:
        return ""
    return span(int(missing / bytes_per_s) + 1)


def span(seconds: int) -> str:
    """How long something takes, or was ago."""
    if seconds < 60:
        return isolated(tr("{seconds} s", seconds=number(seconds)))
    if seconds < 3600:
        return isolated(tr("{minutes} min", minutes=number(seconds // 60)))
    if seconds < 2 * DAY_S:
        hours, minutes = number(seconds // 3600), number(seconds % 3600 // 60)
        return isolated(tr("{hours} h {minutes} min", hours=hours, minutes=minutes))
    return isolated(tr_n("%n days", seconds // DAY_S, one="%n day"))


def day(at: int) -> str:
    """When, to the day; `at` in seconds since the epoch, 0 is unknown."""
    if not at:
        return ""
    then, now = QDateTime.fromSecsSinceEpoch(at), QDateTime.currentDateTime()
    days = then.daysTo(now)
    if days <= 0:
        return isolated(QLocale().toString(then.time(), QLocale.FormatType.ShortFormat))
    if days == 1:
        return tr("yesterday")
    if days < 7:
        return isolated(tr_n("%n days ago", days, one="%n day ago"))
    return isolated(QLocale().toString(then.date(), QLocale.FormatType.ShortFormat))
