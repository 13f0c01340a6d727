"""Names to the colours of a piece map. To press one shows only what that person gave."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from desktop.ui import amounts, parts
from desktop.ui.details.people import HERE, MISSING, Share
from desktop.ui.details.piece_map import person_colour
from desktop.ui.theme import colours
from desktop.ui.words import tr, tr_n

_HEIGHT_PX = 24
_SWATCH_PX = 10


def line_name(share: Share) -> str:
    if share.whose == MISSING:
        return tr("still to come")
    if share.whose == HERE:
        return tr("already here")
    if share.others:
        return tr_n("%n others", share.others, one="%n other")
    return amounts.name(share.user)


class LegendLine(QAbstractButton):
    def __init__(self, number: int) -> None:
        super().__init__()
        self.setObjectName(f"legend{number}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.share = Share(MISSING, "", 0, 0)

    def show_share(self, share: Share) -> None:
        if share != self.share:
            self.share = share
            self.setAccessibleName(
                tr(
                    "{who}, {number} percent, {size}",
                    who=line_name(share),
                    number=amounts.number(share.mille // 10),
                    size=amounts.size(share.size),
                )
            )
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, _HEIGHT_PX)

    def paintEvent(self, _: QPaintEvent) -> None:
        theme, metrics = colours(self.palette()), self.fontMetrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = self.rect()
        if self.isChecked() or self.underMouse() or self.hasFocus():
            painter.setPen(QColor(theme.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.chosen if self.isChecked() else theme.hover))
            painter.drawRoundedRect(QRectF(whole).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)

        def place(rect: QRect) -> QRect:
            return QStyle.visualRect(self.layoutDirection(), whole, rect)

        middle = whole.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(person_colour(theme, self.share.whose)))
        swatch = QRect(8, middle - _SWATCH_PX // 2 + 1, _SWATCH_PX, _SWATCH_PX)
        painter.drawRoundedRect(QRectF(place(swatch)), 2, 2)
        size, percent = amounts.size(self.share.size), amounts.percent(self.share.mille)
        size_px = metrics.horizontalAdvance(amounts.widest(metrics)) + 8
        percent_px = metrics.horizontalAdvance(amounts.percent(1000)) + 12
        name_px = max(whole.width() - 26 - size_px - percent_px - 8, 0)
        align, start = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeading
        name = metrics.elidedText(line_name(self.share), Qt.TextElideMode.ElideRight, name_px)
        painter.setPen(QColor(theme.text if self.share.user else theme.muted))
        painter.drawText(place(QRect(26, 0, name_px, whole.height())), align | start, name)
        painter.setPen(QColor(theme.text))
        end = Qt.AlignmentFlag.AlignTrailing
        painter.drawText(place(QRect(26 + name_px, 0, percent_px, whole.height())), align | end, percent)
        painter.setPen(QColor(theme.muted))
        size_at = QRect(26 + name_px + percent_px, 0, size_px, whole.height())
        painter.drawText(place(size_at), align | end, size)


class Legend(QWidget):
    chosen = Signal(object)
    """Whose squares alone are to be seen; None: all."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("legend")
        self._column = parts.column(self)
        self._lines: list[LegendLine] = []

    @property
    def lines(self) -> list[LegendLine]:
        return [line for line in self._lines if not line.isHidden()]

    def show_shares(self, shares: list[Share]) -> None:
        while len(self._lines) < len(shares):
            line = LegendLine(len(self._lines))
            line.toggled.connect(lambda is_on, line=line: self._toggled(line, is_on=is_on))
            self._lines.append(line)
            self._column.addWidget(line)
        for line, share in zip(self._lines, shares, strict=False):
            line.show_share(share)
        for at, line in enumerate(self._lines):
            line.setVisible(at < len(shares))

    def clear(self) -> None:
        for line in self._lines:
            line.setChecked(False)

    def _toggled(self, toggled: LegendLine, *, is_on: bool) -> None:
        for line in self._lines:
            if is_on and line is not toggled and line.isChecked():
                line.setChecked(False)
        checked = next((line for line in self._lines if line.isChecked()), None)
        self.chosen.emit(checked.share.whose if checked else None)
