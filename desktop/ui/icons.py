"""Our own line icons: SVG kept as text, drawn in whatever colour the palette asks for."""

from functools import cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.theme import colours

_POINTING = {"details", "join", "leave", "list", "requests", "reveal"}
_SIZES_PX = (16, 20, 32, 48)
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{colour}"'
    ' stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round">{shape}</svg>'
)
_SHAPES = {
    "activity": '<path d="M3 12h4l3-7 4 14 3-7h4"/>',
    "account": '<circle cx="12" cy="8" r="4"/><path d="M4 20c1-4 4-6 8-6s7 2 8 6"/>',
    "appearance": '<circle cx="12" cy="12" r="9"/><path d="M12 3v18a9 9 0 000-18z" fill="{colour}"/>',
    "cancel": '<path d="M6 6l12 12M18 6L6 18"/>',
    "check": '<path d="M5 13l4 4L19 7"/>',
    "copy": '<path d="M9 9h11v11H9zM5 15H4V4h11v1"/>',
    "details": '<rect x="3.5" y="5" width="17" height="14" rx="1.5"/>'
    '<path d="M14 5v14M16.5 9h1.5M16.5 12h1.5"/>',
    "device": '<rect x="5" y="5" width="14" height="10" rx="1.5"/><path d="M2.5 19h19"/>',
    "download": '<path d="M12 4v11M7 11l5 5 5-5M4 20h16"/>',
    "failed": '<path d="M12 4L2.5 20h19zM12 10v4M12 17v.2"/>',
    "file": '<path d="M6 3h8l4 4v14H6zM14 3v4h4"/>',
    "folder": '<path d="M3 6h6l2 2h10v11H3z"/>',
    "group": '<circle cx="12" cy="7" r="3"/><circle cx="6" cy="16.5" r="3"/>'
    '<circle cx="18" cy="16.5" r="3"/>',
    "good": '<circle cx="12" cy="12" r="9"/><path d="M8 12.5l3 3 5-6"/>',
    "invite": '<circle cx="9.5" cy="8" r="4"/>'
    '<path d="M2.5 20c.9-4 3.6-6 7-6 1.3 0 2.5.3 3.5.8M18 13v8M14 17h8"/>',
    "join": '<path d="M13 4h6v16h-6M4 12h10M10 8l4 4-4 4"/>',
    "leave": '<path d="M11 4H5v16h6M10 12h10M16 8l4 4-4 4"/>',
    "link": '<path d="M10 14a4.5 4.5 0 006.5 0l3-3A4.6 4.6 0 0013 4.5l-1.5 1.5M14 10a4.5 4.5 0 00-6.5 0l-3 3'
    'A4.6 4.6 0 0011 19.500l1.5-1.5"/>',
    "list": '<path d="M8 6h12M8 12h12M8 18h12M4 6v.1M4 12v.1M4 18v.1"/>',
    "limit": '<path d="M4 17a8.5 8.5 0 1116 0M12 17l4-6"/>',
    "members": '<circle cx="9" cy="9" r="3.5"/><path d="M2.5 19c.8-3.4 3.2-5 6.5-5s5.7 1.6 6.5 5'
    'M16 5.8a3.4 3.4 0 010 6.4M17.5 14.3c2.2.6 3.5 2.2 4 4.7"/>',
    "offline": '<circle cx="12" cy="12" r="3.2"/>',
    "online": '<circle cx="12" cy="12" r="4" fill="{colour}"/>',
    "owner": '<path d="M4 18h16L21.5 7l-5.5 4-4-6.5L8 11 2.5 7z"/>',
    "pause": '<path d="M8 5v14M16 5v14"/>',
    "pending": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "proven": '<path d="M12 3l7.5 3v5.5c0 4.5-3 7.8-7.5 9.5-4.5-1.7-7.5-5-7.5-9.5V6z"/>'
    '<path d="M8.5 12l2.5 2.5 4.5-5"/>',
    "requests": '<path d="M3 13l3-8h12l3 8v6H3zM3 13h5c.5 2 2 3 4 3s3.5-1 4-3h5"/>',
    "resume": '<path d="M8 5l11 7-11 7z"/>',
    "reveal": '<path d="M3 19V6h6l2 2h8v3M3 19l3-8h16l-3 8z"/>',
    "settings": '<path d="M4 7h9M19 7h1M4 17h1M11 17h9"/><circle cx="16" cy="7" r="2.6"/>'
    '<circle cx="8" cy="17" r="2.6"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5 5"/>',
    "share": '<path d="M12 16V4M7 9l5-5 5 5M4 20h16"/>',
    "shoal": '<path d="M3 8c3-4 8-4 11-.5L17 5v6l-3-2.5c-3 3.5-8 3.5-11-.5z'
    'M10 17c2.5-3 6.5-3 9-.5l2.5-2v5L19 17.5c-2.5 2.5-6.5 2.5-9-.5z"/>',
    "stop": '<circle cx="12" cy="12" r="9"/><path d="M6 18L18 6"/>',
    "tracker": '<rect x="4" y="4" width="16" height="6" rx="1.5"/>'
    '<rect x="4" y="14" width="16" height="6" rx="1.5"/><path d="M8 7v.1M8 17v.1"/>',
}


def icon(name: str, colour: str) -> QIcon:
    """`colour` as a palette says it (#rrggbb). What points goes the way in which the window is read."""
    is_mirrored = name in _POINTING and QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return _icon(name, colour, is_mirrored)


@cache
def _icon(name: str, colour: str, is_mirrored: bool) -> QIcon:
    made = QIcon()
    for size in _SIZES_PX:
        for ratio in (1, 2):
            drawn = _drawn(name, colour, size, ratio)
            drawn = drawn.transformed(QTransform.fromScale(-1, 1)) if is_mirrored else drawn
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # else a chosen row makes it pale
                made.addPixmap(drawn, mode)
    return made


def icon_for(widget: QWidget, name: str, colour: str = "text") -> QIcon:
    """In one of the theme's colours, by its name, as `widget` shows it now."""
    return icon(name, getattr(colours(widget.palette()), colour))


def _drawn(name: str, colour: str, size: int, ratio: int) -> QPixmap:
    svg = _SVG.format(colour=colour, width=1.8 if size < 32 else 1.5, shape=_SHAPES[name])
    pixmap = QPixmap(size * ratio, size * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.replace("{colour}", colour).encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
