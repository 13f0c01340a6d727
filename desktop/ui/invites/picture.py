"""The link in a picture of a QR code: a photo, or a picture of somebody's screen."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QElapsedTimer, QMimeData, QRect, Qt
from PySide6.QtGui import QImage, QImageReader

from shared.errors import BadArgument
from shared.invite_link import is_link
from shared.limits import PICTURE_BYTES_MAX, PICTURE_LOOKED_MS_MAX, PICTURE_PIXELS_MAX, PICTURE_SCANS_MAX

Picture = Path | bytes | QImage
"""A file, what would be in one, or what another program has decoded already."""
_TYPES = ("image/png", "image/jpeg", "image/webp", "image/bmp")
FORMATS = {b"png", b"jpeg", b"webp", b"bmp"}
"""As they call themselves inside. No SVG, which may take any time to draw."""
_SCAN = b"\xff\xda"
"""What one pass over a JPEG begins with, and stands nowhere within it."""
_TILE_PX = 1600
_SMOOTH = Qt.TransformationMode.SmoothTransformation


def may_be_picture(data: QMimeData) -> bool:
    """Whether picture_in() has one: a file is not opened for that."""
    is_file = any(url.isLocalFile() for url in data.urls())
    return is_file or data.hasImage() or any(map(data.hasFormat, _TYPES))


def picture_in(data: QMimeData) -> Picture | None:
    """What may be one in what is pasted or dropped, not decoded yet: who knows where it is from."""
    for url in data.urls():
        if url.isLocalFile():
            return Path(url.toLocalFile())
    for kind in _TYPES:
        if data.hasFormat(kind):
            return bytes(data.data(kind).data())
    return QImage(data.imageData()) if data.hasImage() else None


def link_in(picture: Picture) -> str:
    """The first invite link in its codes. Raises BadArgument where there is none. Blocks, without the
    interpreter: a tenth of a second for a screen, a second for a photo; for the worst some, and 400 MiB."""
    import zxingcpp  # here, as a start need not wait for it

    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    clock, has_code = QElapsedTimer(), False
    clock.start()
    for part in _parts(picture if isinstance(picture, QImage) else _decoded(picture)):
        codes = zxingcpp.read_barcodes(part, formats)
        if link := next((code.text for code in codes if is_link(code.text)), ""):
            return link.strip()
        has_code |= bool(codes)
        if clock.hasExpired(PICTURE_LOOKED_MS_MAX):
            break
    if has_code:
        raise BadArgument("the QR code in this picture is no invite of Shoal")
    raise BadArgument("no QR code was found in this picture; take one that shows all of it, and sharp")


def _parts(picture: QImage) -> Iterator[QImage]:
    """All of it made small, then larger and larger in tiles that overlap by half, until it is as it is: a
    code fits one of them whatever its size, and one of them takes no long time whatever is in it."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    longest, side = max(grey.width(), grey.height()), _TILE_PX
    while longest:
        small = min(side, longest)
        level = grey.scaled(small, small, Qt.AspectRatioMode.KeepAspectRatio, _SMOOTH)
        for top, left in product(_starts(level.height()), _starts(level.width())):
            tile = QRect(left, top, _TILE_PX, _TILE_PX)
            yield level.copy(tile.intersected(level.rect()))
        if side >= longest:
            return
        side *= 2


def _starts(length: int) -> range:
    """Of tiles along a side: the last one reaches its end."""
    return range(0, max(length - _TILE_PX // 2, 1), _TILE_PX // 2)


def _decoded(picture: Path | bytes) -> QImage:
    """What it claims to be is judged before anything is decoded."""
    data = picture if isinstance(picture, bytes) else _read(picture)
    held = QBuffer()
    held.setData(QByteArray(data))
    reader = QImageReader(held)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    sides, form = reader.size(), bytes(reader.format().data())
    if form not in FORMATS or not sides.isValid():
        raise _no_picture()
    if len(data) > PICTURE_BYTES_MAX or sides.width() * sides.height() > PICTURE_PIXELS_MAX:
        raise BadArgument("this picture is too large; cut it down to the QR code")
    if form == b"jpeg" and data.count(_SCAN) > PICTURE_SCANS_MAX:
        raise _no_picture()
    image = reader.read()
    if image.isNull():
        raise _no_picture()
    return image


def _read(path: Path) -> bytes:
    """To open what is no file may take for ever."""
    if not path.is_file():
        raise _no_picture()
    with path.open("rb") as file:
        return file.read(PICTURE_BYTES_MAX + 1)


def _no_picture() -> BadArgument:
    return BadArgument("this is no picture that Shoal can read; try a PNG or a JPEG")
