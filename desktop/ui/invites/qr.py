"""A link as a QR code, for whoever has a camera: squares, drawn by hand."""

from itertools import product
from typing import Any

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
        self._light = memoryview(b"")
        """0 where it is dark, by row and column."""

    def show_text(self, text: str) -> None:
        """Takes 1 ms for a usual link, 15 for the longest."""
        import zxingcpp  # here, as a start need not wait for it

        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
        image: Any = zxingcpp.write_barcode_to_image(code, add_quiet_zones=False)
        self._light = memoryview(image)
        modules = len(self._light) + 2 * _QUIET
        side = max(SIDE_PX // modules, 2) * modules
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        size = len(self._light)
        if not size:
            return
        side = self.width() // (size + 2 * _QUIET)
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(LIGHT.base))
        painter.drawRoundedRect(self.rect(), 6, 6)
        for y, x in product(range(size), repeat=2):
            if not self._light[y, x]:
                painter.fillRect((_QUIET + x) * side, (_QUIET + y) * side, side, side, QColor(LIGHT.text))
