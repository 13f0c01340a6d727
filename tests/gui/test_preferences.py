"""What is set in the preferences is in force at once, and on disk."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QListView, QListWidget, QRadioButton, QSpinBox

from desktop import settings
from desktop.qt_loop import QtLoop
from tests.gui.person import Person, until
from tests.support.tracker import running_trackers

pytestmark = [pytest.mark.gui, pytest.mark.slow]


async def goes_to_other_trackers(ana: Person, home: Path) -> None:
    """By a file, and back to the one of this computer, which others may use no longer then."""
    network, hosting = (ana.find(QLabel, name) for name in ("network", "hosting"))
    (home / "others").mkdir()
    async with running_trackers(home / "others", 1) as others:
        ana.click("useTrackerFile")
        await ana.choose(others.info_file)
        await until(lambda: others.info_file.name in network.text())
        ana.click("useOwnTracker")
        await until(lambda: "a tracker of its own" in network.text())
    await until(lambda: hosting.text().startswith(("They find it at", "They may not come")))
    ana.press("hostOnNetwork")
    await until(lambda: hosting.text() == "Only this computer uses it.")


def test_each_page_sets_what_it_says(qloop: QtLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    async def scenario() -> None:
        async with Person(tmp_path / "ana") as ana:
            await ana.sign_up("ana", reach="reachOthers")
            await ana.press_with_control(Qt.Key.Key_Comma)
            pages = ana.find(QListWidget, "preferencePages")

            press = ana.press
            assert not ana.find(QRadioButton, "tray_stay").isEnabled(), "there is no tray here"
            press("notify_downloads")
            press("autostart")
            assert list((tmp_path / "autostart").iterdir())
            QTest.keyClick(pages, Qt.Key.Key_Down)
            press("ask_where")
            elsewhere = tmp_path / "elsewhere"
            elsewhere.mkdir()
            for folder in (ana.profile.root, elsewhere):
                ana.click("changeFolder")
                await ana.choose(folder)
                await until(lambda: not ana._dialog("QFileDialog"))
            await until(ana.sees_notice("may not hold Shoal's own folder"))
            await until(lambda: ana.kept.now.download_dir == elsewhere)

            QTest.keyClick(pages, Qt.Key.Key_Down)
            port = ana.find(QSpinBox, "port")
            port.selectAll()
            QTest.keyClicks(port, "21500")
            QTest.keyClick(port, Qt.Key.Key_Return)
            press("lanExempt")
            await until(lambda: ana.engine.limits().lan_exempt)
            assert ana.engine.listen in ana.find(QLabel, "listening").text()

            QTest.keyClick(pages, Qt.Key.Key_Down)
            press("appearance_dark")
            press("density_compact")
            QTest.keyClick(ana.find(QComboBox, "language"), Qt.Key.Key_Down)
            QTest.keyClick(pages, Qt.Key.Key_Down)
            shown = ana.find(QListView, "trackerList").model()
            await until(lambda: "in use" in shown.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
            assert shown.rowCount() == 1

            kept = settings.load(ana.profile.settings)
            assert (kept.appearance, kept.density, kept.listen) == ("dark", "compact", ("0.0.0.0", 21500))
            assert (kept.notify_requests, kept.notify_downloads, kept.ask_where) == (True, False, True)
            assert (kept.download_dir, kept.language) == (elsewhere, "en")
            await goes_to_other_trackers(ana, tmp_path)

    qloop.run_until_complete(scenario())
