"""A link as a QR code, for whoever has a camera: squares, drawn by hand."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.theme import LIGHT
from desktop.ui.words import tr

SIDE_PX = 216
"""About; a long link takes more."""
_QUIET = 4
"""Modules of margin that readers need."""


class QrCode(QWidget):
    """Dark on light in every theme, as not every reader takes it otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("qrCode")
        self.setAccessibleName(tr("The link as a QR code"))
        self._matrix: list[bytes] = []

    def show_text(self, text: str) -> None:
        """Takes 10 ms for a usual link, 90 for the longest; the first 15 more."""
        import segno  # here, as a start need not wait for it

        self._matrix = [bytes(row) for row in segno.make(text, micro=False, error="l").matrix] if text else []
        modules = len(self._matrix) + 2 * _QUIET
        side = max(SIDE_PX // modules, 2) * modules
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        if not self._matrix:
            return
        modules = len(self._matrix) + 2 * _QUIET
        side = self.width() // modules
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(LIGHT.base))
        painter.drawRoundedRect(self.rect(), 6, 6)
        for y, row in enumerate(self._matrix, _QUIET):
            for x, dark in enumerate(row, _QUIET):
                if dark:
                    painter.fillRect(x * side, y * side, side, side, QColor(LIGHT.text))
