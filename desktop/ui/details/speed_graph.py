"""The speeds of the last minute as two lines: down filled, up dashed."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import amounts
from desktop.ui.details.speeds import SECONDS, scale
from desktop.ui.theme import colours
from desktop.ui.words import tr

_HEIGHT_PX = 112
_SAMPLE_PX = 18
"""Of a line, in what tells them apart."""


class SpeedGraph(QWidget):
    """Time goes as one reads."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("speedGraph")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT_PX)
        self._line: list[tuple[float, float]] = [(0.0, 0.0)] * SECONDS

    def show_line(self, line: list[tuple[float, float]]) -> None:
        if line != self._line:
            self._line = line
            down, up = (amounts.rate(max(speed[at] for speed in line)) for at in (0, 1))
            self.setAccessibleName(
                tr("Speed of the last minute: down at most {down}, up at most {up}", down=down, up=up)
            )
            self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        theme, metrics = colours(self.palette()), self.fontMetrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text_px = metrics.height() + 3  # some scripts reach below
        room = QRectF(self.rect()).adjusted(0.5, text_px + 2.5, -0.5, -text_px - 2.5)
        top = scale(max(max(speed) for speed in self._line))
        painter.setPen(QColor(theme.line))
        for part in (0.0, 0.5, 1.0):
            y = room.top() + part * room.height()
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
        down, up = (self._points(room, at, top) for at in (0, 1))
        ends = [QPointF(point.x(), room.bottom()) for point in (down[0], down[-1])]
        area = QPolygonF([ends[0], *down, ends[1]])
        fill = QColor(theme.accent)
        fill.setAlpha(46)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(area)
        painter.setPen(QPen(QColor(theme.accent), 1.6))
        painter.drawPolyline(QPolygonF(down))
        lines = [("↓", QPen(QColor(theme.accent), 1.6))]
        if any(speed[1] for speed in self._line):
            lines.append(("↑", QPen(QColor(theme.warn), 1.4, Qt.PenStyle.DashLine)))
            painter.setPen(lines[1][1])
            painter.drawPolyline(QPolygonF(up))
            _tell_apart(painter, lines, text_px, self.width() if self.isRightToLeft() else None)
        painter.setPen(QColor(theme.muted))
        above, below = QRectF(self.rect()), QRectF(self.rect())
        above.setHeight(text_px)
        below.setTop(below.bottom() - text_px)
        absolute = Qt.AlignmentFlag.AlignAbsolute
        begin, end = absolute | Qt.AlignmentFlag.AlignLeft, absolute | Qt.AlignmentFlag.AlignRight
        if self.isRightToLeft():
            begin, end = end, begin
        painter.drawText(above, end, amounts.rate(top))
        painter.drawText(below, begin, tr("a minute ago"))
        painter.drawText(below, end, tr("now"))

    def _points(self, room: QRectF, which: int, top: float) -> list[QPointF]:
        begin, step = room.left(), room.width() / (len(self._line) - 1)
        if self.isRightToLeft():
            begin, step = room.right(), -step
        return [
            QPointF(begin + at * step, room.bottom() - speed[which] / top * room.height())
            for at, speed in enumerate(self._line)
        ]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)


def _tell_apart(painter: QPainter, lines: list[tuple[str, QPen]], height: int, mirror: int | None) -> None:
    """Which line is which, at the top; `mirror`: the width, where one reads from the right."""
    metrics = painter.fontMetrics()
    x, middle = 0, height / 2
    for arrow, pen in lines:
        sample, said = x, x + _SAMPLE_PX + 4
        if mirror is not None:
            sample, said = mirror - x - _SAMPLE_PX, mirror - said - metrics.horizontalAdvance(arrow)
        painter.setPen(pen)
        painter.drawLine(QPointF(sample, middle), QPointF(sample + _SAMPLE_PX, middle))
        painter.drawText(QPointF(said, middle + metrics.ascent() / 2 - 1), arrow)
        x += _SAMPLE_PX + 24
