"""How hard a password is to guess, roughly: it nudges, and refuses nothing but what is too short."""

import math
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from desktop.ui import parts
from desktop.ui.theme import colours
from desktop.ui.words import mark, tr, tr_n
from shared.limits import PASSWORD_CHARS_MIN

_WORDS = (mark("Too short"), mark("Easy to guess"), mark("Fair"), mark("Good"), mark("Strong"))
_COLOURS = ("muted", "bad", "warn", "good", "good")
_BITS = (36, 52, 68)
"""From so many on it is fair, good, strong."""
_BAR_PX = (132, 4)


def strength(password: str, user: str) -> int:
    """0 (too short) to 4. What repeats, runs on (abc, 123) or is the name counts as one letter."""
    if len(password) < PASSWORD_CHARS_MIN:
        return 0
    left = password.lower().replace(user.lower(), "*") if len(user) > 2 else password.lower()
    steps = [ord(after) - ord(before) for before, after in pairwise(left)]
    told = 1 + sum(step not in (-1, 0, 1) for step in steps)
    kinds = (str.islower, str.isupper, str.isdigit, lambda one: not one.isalnum())
    sizes = (26, 26, 10, 33)
    pool = sum(size for kind, size in zip(kinds, sizes, strict=True) if any(map(kind, password)))
    bits = min(told, 2 * len(set(left))) * math.log2(max(pool, 2))
    return 1 + sum(bits >= least for least in _BITS)


def least_password() -> str:
    return tr_n("Password, %n characters or more", PASSWORD_CHARS_MIN, one="Password, %n character or more")


class StrengthMeter(QWidget):
    """A bar and a word. Takes no room of its own before something is typed, but keeps it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strength")
        self._level: int | None = None
        self._word: QLabel = parts.label(name="strengthWord", kind="muted")
        self._bar = _Bar()
        line = parts.row(self, spacing=10, margins=(2, 0, 2, 0))
        line.addWidget(self._bar)
        line.addWidget(self._word, stretch=1)

    def show_for(self, password: str, user: str) -> None:
        level = strength(password, user) if password else None
        self._word.setText("" if level is None else tr(_WORDS[level]))
        self.setAccessibleName(self._word.text())
        self._bar.show_level(level)


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_BAR_PX[0], 16)
        self._level: int | None = None

    def show_level(self, level: int | None) -> None:
        self._level = level
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        theme = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        step, is_mirrored = self.width() / 4, self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for part in range(4):
            is_full = self._level is not None and part < self._level
            painter.setBrush(QColor(getattr(theme, _COLOURS[self._level or 0]) if is_full else theme.line))
            place = 3 - part if is_mirrored else part
            painter.drawRoundedRect(QRectF(place * step, 6, step - 4, _BAR_PX[1]), 2, 2)
