"""The hours of a week as a grid in which they are painted: by dragging, or by the arrow keys and space,
and with Shift all that they come over."""

from PySide6.QtCore import QLocale, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QStyle, QWidget

from desktop.engine.limits.schedule import DAY_HOURS, DAYS, Week, marked
from desktop.ui import parts
from desktop.ui.amounts import isolated, number
from desktop.ui.theme import colours
from desktop.ui.words import tr

_HEAD_PX, _ROW_PX, _CELL_PX_MIN = 20, 20, 18
_AROUND_PX = 8
"""Beside the last hour, for the half of its number."""
_LABELLED_HOURS = 6
_ARROWS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -DAY_HOURS,
    Qt.Key.Key_Down: DAY_HOURS,
}


class WeekGrid(QWidget):
    changed = Signal()

    def __init__(self, week: Week) -> None:
        super().__init__()
        self.setObjectName("weekGrid")
        self.setAccessibleName(tr("Alternative hours of the week"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._day_px = max(self.fontMetrics().horizontalAdvance(_day(day)) for day in range(len(DAYS))) + 12
        self.setFixedHeight(_HEAD_PX + len(DAYS) * _ROW_PX + 1)
        self.setMinimumWidth(self._day_px + DAY_HOURS * _CELL_PX_MIN + _AROUND_PX)
        self.week = week
        self._at = 0
        """The hour that the keys are at, from Monday 0:00."""
        self._paints = True
        """What a drag, or Shift, makes of the hours that are come over: as the last one that was pressed."""
        self.setAccessibleDescription(self._said())

    @property
    def _cell_px(self) -> int:
        return (self.width() - self._day_px - _AROUND_PX) // DAY_HOURS

    def cell(self, hour: int) -> QRect:
        day, at = divmod(hour, DAY_HOURS)
        width = self._cell_px
        return self._as_read(QRect(self._day_px + at * width, _HEAD_PX + day * _ROW_PX, width, _ROW_PX))

    def _as_read(self, rect: QRect) -> QRect:
        """Hours run the way in which the window is read."""
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and (hour := self._hour(event)) is not None:
            self._paints = not self._is_marked(hour)
            self._mark(hour)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and (hour := self._hour(event)) is not None:
            self._mark(hour)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if step := _ARROWS.get(Qt.Key(event.key())):
            if abs(step) == 1 and self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                step = -step
            self._at = (self._at + step) % (len(DAYS) * DAY_HOURS)
            self.update()
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._mark(self._at)
            self._tell()
        elif event.key() == Qt.Key.Key_Space:
            self._paints = not self._is_marked(self._at)
            self._mark(self._at)
            self._tell()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter, look = QPainter(self), colours(self.palette())
        painter.setPen(QColor(look.muted))
        for hour in range(0, DAY_HOURS + 1, _LABELLED_HOURS):
            middle = self._day_px + hour * self._cell_px
            above = self._as_read(QRect(middle - 15, 0, 30, _HEAD_PX - 2))
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, number(hour))
        for day in range(len(DAYS)):
            top = self.cell(day * DAY_HOURS)
            beside = self._as_read(QRect(0, top.y(), self._day_px - 8, top.height()))
            painter.drawText(
                beside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing, _day(day)
            )
        painter.setPen(QColor(look.line))
        for hour in range(len(DAYS) * DAY_HOURS):
            painter.setBrush(QColor(look.accent if self._is_marked(hour) else look.base))
            painter.drawRect(self.cell(hour))
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cell(self._at).adjusted(1, 1, 0, 0))

    def _is_marked(self, hour: int) -> bool:
        day, at = divmod(hour, DAY_HOURS)
        return self.week[day][at] == "a"

    def _mark(self, hour: int) -> None:
        self._at = hour
        self.week = marked(self.week, [hour], alternative=self._paints)
        self.update()
        self.changed.emit()

    def _tell(self) -> None:
        """To who does not see where the keys are."""
        said = self._said()
        self.setAccessibleDescription(said)
        parts.announce(self, said)

    def _said(self) -> str:
        day, hour = divmod(self._at, DAY_HOURS)
        named = {
            "day": isolated(QLocale().dayName(day + 1)),
            "begin": number(hour),
            "end": number(hour + 1),
        }
        if self._is_marked(self._at):
            return tr("{day}, {begin} to {end}: alternative limits", **named)
        return tr("{day}, {begin} to {end}: normal limits", **named)

    def _hour(self, event: QMouseEvent) -> int | None:
        """Under the mouse."""
        place = QStyle.visualPos(self.layoutDirection(), self.rect(), event.position().toPoint())
        at, day = (place.x() - self._day_px) // self._cell_px, (place.y() - _HEAD_PX) // _ROW_PX
        return day * DAY_HOURS + at if 0 <= at < DAY_HOURS and 0 <= day < len(DAYS) else None


def _day(day: int) -> str:
    """From Monday, 0."""
    return QLocale().dayName(day + 1, QLocale.FormatType.ShortFormat)
