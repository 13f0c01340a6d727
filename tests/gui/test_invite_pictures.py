"""The invite in a picture of its QR code: shown here, small on a screen, in a photo; or why there is none."""

import os
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QRect, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPainter, QTransform
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

from desktop.qt_loop import QtLoop
from desktop.ui import theme
from desktop.ui.invites import picture
from desktop.ui.invites.joining import JoinDialog
from desktop.ui.invites.picture import link_in
from desktop.ui.invites.qr import QrCode
from shared.errors import BadArgument
from shared.facts.ids import GroupId
from shared.invite_link import InviteLink, LinkTracker, invite_link
from shared.limits import PICTURE_BYTES_MAX, PICTURE_SCANS_MAX
from tests.gui.person import Person, until

pytestmark = [pytest.mark.gui, pytest.mark.slow]
TRACKERS = [LinkTracker(f"192.168.1.{last}:21001", bytes([last] * 32)) for last in range(2, 10)]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"/>'


@pytest.fixture(autouse=True)
def all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """That a busy machine may take to look."""
    monkeypatch.setattr(picture, "PICTURE_LOOKED_MS_MAX", 10**6)


def link_to(group: str, trackers: int = 1) -> str:
    return invite_link(TRACKERS[:trackers], InviteLink([], GroupId(bytes(16)), group, None, 0))


def code(text: str, module: int = 4) -> QImage:
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    buffer: Any = zxingcpp.write_barcode_to_image(made, scale=module)
    rows, columns = memoryview(buffer).shape or (0, 0)
    return QImage(bytes(buffer), columns, rows, columns, QImage.Format.Format_Grayscale8).copy()


def screen(inside: QImage, width: int = 3840, height: int = 2160) -> QImage:
    """A large one, with a code among windows and lines of something."""
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor("#20303a"))
    painter = QPainter(made)
    for window in range(6):
        painter.fillRect(QRect(90 + window * 500, 130 + window * 210, 900, 620), QColor("#e8e4da"))
        for line in range(20):
            painter.fillRect(120 + window * 500, 170 + window * 210 + line * 28, 640, 9, QColor("#444444"))
    painter.drawImage(width - inside.width() - 61, height - inside.height() - 83, inside)
    painter.end()
    return made


def png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # no bytes, as the types have it
    return bytes(buffer.data().data())


def progressive(image: QImage) -> bytes:
    buffer = QBuffer()
    writer = QImageWriter(buffer, b"jpeg")
    writer.setProgressiveScanWrite(True)
    writer.write(image)
    return bytes(buffer.data().data())


def refusal(picture: Path | bytes | QImage) -> str:
    with pytest.raises(BadArgument) as refused:
        link_in(picture)
    return str(refused.value)


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_the_code_of_our_own_dialog_is_read_off_the_screen(qapp: QApplication, appearance: str) -> None:
    theme.apply(qapp, appearance)
    for link in (link_to("film"), link_to("film " * 12, trackers=8)):
        shown = QrCode()
        shown.show_text(link)
        assert link_in(screen(shown.grab().toImage())) == link


def test_a_small_code_one_on_dark_and_a_slanted_one_are_read(qapp: QApplication, tmp_path: Path) -> None:
    link = link_to("film")
    assert link_in(screen(code(link, 2))) == link
    light_on_dark = code(link)
    light_on_dark.invertPixels()
    assert link_in(light_on_dark) == link
    seen, smooth = QTransform().rotate(17).shear(0.15, 0.05), Qt.TransformationMode.SmoothTransformation
    photo = code(link, 9).convertToFormat(QImage.Format.Format_ARGB32).transformed(seen, smooth)
    photo = screen(photo, 2000, 1500).transformed(QTransform().rotate(90))
    assert photo.save(str(tmp_path / "photo.jpg"), quality=40)
    assert link_in(tmp_path / "photo.jpg") == link


def test_the_invite_is_found_beside_other_codes(qapp: QApplication) -> None:
    both = screen(code(link_to("film")))
    painter = QPainter(both)
    painter.drawImage(40, 900, code("https://shoal.example"))
    painter.end()
    assert link_in(both) == link_to("film")


def test_why_there_is_none_is_said(qapp: QApplication, tmp_path: Path) -> None:
    assert "no QR code was found" in refusal(screen(QImage()))
    assert "no QR code was found" in refusal(QImage())
    assert "is no invite" in refusal(screen(code("https://shoal.example")))

    whole = png(screen(code(link_to("film"))))
    for broken in (b"", b"no picture", whole[:40], whole[: len(whole) // 2], SVG):
        assert "no picture that Shoal can read" in refusal(broken)
    os.mkfifo(tmp_path / "pipe")
    assert "no picture that Shoal can read" in refusal(tmp_path / "pipe")
    assert "no picture that Shoal can read" in refusal(tmp_path / "gone")

    jpeg = progressive(screen(code(link_to("film")), 1600, 900))
    assert link_in(jpeg) == link_to("film")
    last = jpeg[jpeg.rindex(b"\xff\xda") : -2]
    assert "no picture that Shoal can read" in refusal(jpeg[:-2] + PICTURE_SCANS_MAX * last + jpeg[-2:])

    huge = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    claimed = whole[:16] + huge + struct.pack(">I", zlib.crc32(b"IHDR" + huge)) + whole[33:]
    assert "too large" in refusal(claimed)
    (tmp_path / "long.png").write_bytes(whole)
    os.truncate(tmp_path / "long.png", PICTURE_BYTES_MAX + 1)
    assert "too large" in refusal(tmp_path / "long.png")


def test_one_that_takes_too_long_is_given_up(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    small = screen(code(link_to("film", trackers=8), 1))
    monkeypatch.setattr(picture, "PICTURE_LOOKED_MS_MAX", 0)
    assert "no QR code was found" in refusal(small)


def copied(**data: Any) -> QMimeData:
    made = QMimeData()
    if "image" in data:
        made.setImageData(data["image"])
    if "png" in data:
        made.setData("image/png", QByteArray(data["png"]))
    if "file" in data:
        made.setUrls([QUrl.fromLocalFile(str(data["file"]))])
    return made


def paste(data: QMimeData, into: QWidget) -> None:
    QGuiApplication.clipboard().setMimeData(data)
    QTest.keyClick(into, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def choose(person: Person, path: Path) -> None:
    person.click("linkPicture")
    dialog = person.find(QFileDialog, "QFileDialog")
    dialog.selectFile(str(path))
    QTest.keyClick(dialog, Qt.Key.Key_Return)


def test_a_picture_is_pasted_dropped_or_chosen(qloop: QtLoop, tmp_path: Path) -> None:
    links = {group: link_to(group) for group in ("film", "music", "books", "chess")}
    shown = {group: screen(code(link), 1600, 900) for group, link in links.items()}
    for group in ("music", "books"):
        shown[group].save(str(tmp_path / f"{group}.png"))
    (tmp_path / "notes.doc").write_text("no picture")
    (tmp_path / "tracker_info.txt").write_text("127.0.0.1:1\n")

    async def scenario() -> None:
        async with Person(tmp_path / "bo") as bo:

            async def reads(group: str) -> None:
                seen = "\u2068" + group + "\u2069"
                await until(lambda: [one.text() for one in labels(bo, "linkGroup")] == [seen], group)

            await until(lambda: bo.window.welcome.isVisible())
            paste(copied(image=shown["film"]), bo.find(QPushButton, "startHere"))
            await reads("film")
            bo.click("loginBack")
            paste(copied(image=shown["books"]), bo.find(QPushButton, "startHere"))
            bo.click("linkStepBack")  # before it is read

            assert bo.drop([tmp_path / "music.png"], on=bo.window.welcome)
            await reads("music")
            QTest.keyClick(bo.find(QLineEdit, "password"), Qt.Key.Key_Escape)

            assert bo.drop([tmp_path / "notes.doc"], on=bo.window.welcome)
            await until(lambda: [one.text() for one in labels(bo, "linkError")])
            assert "no picture that Shoal can read" in bo.find(QLabel, "linkError").text()
            assert bo.drop([tmp_path / "tracker_info.txt"], on=bo.window.welcome)
            assert bo.find(QLabel, "trackerFile").text().strip("\u2068\u2069") == "tracker_info.txt"
            (tmp_path / "letter.txt").write_text("Dear Bo,\n")
            assert bo.drop([tmp_path / "letter.txt"], on=bo.window.welcome)
            await until(lambda: any("Line 1 names no" in one.text() for one in labels(bo, "fileError")))
            bo.click("fileStepBack")
            bo.click("haveInvite")
            choose(bo, tmp_path / "books.png")
            await reads("books")
            bo.click("loginBack")
            QGuiApplication.clipboard().clear()
            bo.click("haveInvite")
            assert not labels(bo, "linkError"), "of before"
            paste(copied(png=png(shown["chess"])), bo.find(QLineEdit, "link"))
            await reads("chess")
            bo.click("loginBack")

            QGuiApplication.clipboard().clear()
            await bo.sign_up("bo")
            bo.act("join_link")
            paste(copied(file=tmp_path / "music.png"), bo.find(QLineEdit, "link"))
            await reads("music")
            assert bo.drop([tmp_path / "books.png"], on=bo.find(JoinDialog, "joinLink"))
            await reads("books")
            assert bo.find(QPushButton, "Join").isEnabled()
            assert bo.drop([tmp_path / "notes.doc"], on=bo.find(JoinDialog, "joinLink"))
            await until(lambda: labels(bo, "linkError"))
            assert not bo.find(QPushButton, "Join").isEnabled()
            QTest.keyClick(bo.find(JoinDialog, "joinLink"), Qt.Key.Key_Escape)

    qloop.run_until_complete(scenario())


def labels(person: Person, name: str) -> list[QLabel]:
    return [one for one in person.window.findChildren(QLabel, name) if one.isVisible()]
