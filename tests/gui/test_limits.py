"""Limits in the window: the week is painted, and what was set is in force."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QSpinBox, QToolButton
from pytestqt.qtbot import QtBot

from desktop.engine.limits.schedule import NORMAL_WEEK, said
from desktop.engine.views import GroupLimitView
from desktop.qt_loop import QtLoop
from desktop.ui.limits import CapField, kept_kib, shown_kb
from desktop.ui.week_grid import WeekGrid
from tests.gui.person import Person, until

pytestmark = pytest.mark.gui


@pytest.fixture
def grid(qtbot: QtBot) -> WeekGrid:
    grid = WeekGrid([*NORMAL_WEEK])
    qtbot.addWidget(grid)
    grid.show()
    return grid


def middle(grid: WeekGrid, day: int, hour: int) -> QPoint:
    return grid.cell(24 * day + hour).center()


def test_hours_are_painted_and_wiped_by_dragging(grid: WeekGrid) -> None:
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=middle(grid, 0, 9))
    for hour in (10, 11):
        QTest.mouseMove(grid, middle(grid, 0, hour))
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=middle(grid, 0, 11))
    assert said(grid.week) == ["mon 9-12"]
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=middle(grid, 0, 10))
    assert said(grid.week) == ["mon 9-10,11-12"]
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert said(grid.week) == ["mon 9-10,11-12"]


def test_keys_reach_every_hour(grid: WeekGrid) -> None:
    QTest.keyClick(grid, Qt.Key.Key_Left)
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert said(grid.week) == ["sun 23-24"]
    assert grid.accessibleDescription() == "\u2068Sunday\u2069, 23 to 24: alternative limits"
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid.accessibleDescription() == "\u2068Monday\u2069, 23 to 24: normal limits"
    QTest.keyClick(grid, Qt.Key.Key_Space)
    QTest.keyClick(grid, Qt.Key.Key_Up)
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert said(grid.week) == ["mon 23-24"]
    for _ in range(2):
        QTest.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert said(grid.week) == ["mon 23-24"], "the last hour was wiped, and so is what follows"
    QTest.keyClick(grid, Qt.Key.Key_Space)
    for _ in range(2):
        QTest.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert said(grid.week) == ["mon 1-4,23-24"]


def test_a_cap_of_nothing_is_not_no_cap(qtbot: QtBot) -> None:
    for cap in (None, 0, 500):
        field = CapField("uploads", "", cap)
        qtbot.addWidget(field.is_set)
        qtbot.addWidget(field.rate)
        assert field.cap == cap
        assert field.rate.isEnabled() == (cap is not None)
    assert CapField("uploads", "", 0).rate.text() == "Stopped"


def test_caps_are_shown_in_the_unit_of_speeds_and_kept_as_they_were(qtbot: QtBot) -> None:
    assert [shown_kb(kept_kib(kb)) for kb in (0, 1, 50, 100, 250, 500, 1000, 2500)] == [
        0, 1, 50, 100, 250, 500, 1000, 2500
    ]  # fmt: skip
    assert [kept_kib(shown_kb(kib)) for kib in range(2000)] == [*range(2000)]
    assert kept_kib(1) == 1, "a cap of little is not one of nothing"
    field = CapField("uploads", "", 500)
    qtbot.addWidget(field.is_set)
    qtbot.addWidget(field.rate)
    assert field.rate.text() == "512 kB/s"
    assert not field.is_changed
    field.rate.setValue(600)
    assert (field.cap, field.is_changed) == (586, True)


@pytest.mark.slow
def test_what_is_set_in_the_window_is_in_force(qloop: QtLoop, tmp_path: Path) -> None:
    async def scene() -> None:
        async with Person(tmp_path / "ana") as ana:
            await ana.sign_up("ana")
            await ana.create_group("design")
            QTest.mouseClick(ana.find(QToolButton, "rates"), Qt.MouseButton.LeftButton)
            for spoken in ("downloads", "uploads, alternative hours"):
                box = next(
                    box
                    for box in ana.window.findChildren(QCheckBox)
                    if box.accessibleName() == f"Limit {spoken}"
                )
                box.click()
                rate = next(
                    spin
                    for spin in ana.window.findChildren(QSpinBox)
                    if spin.accessibleName() == f"Limit {spoken}, kB per second"
                )
                rate.setValue(300 if spoken == "downloads" else 0)
            grid = ana.find(WeekGrid, "weekGrid")
            QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=middle(grid, 6, 3))
            ana.click("Set limits")
            await until(ana.sees_notice("Limits set"))
            limits = ana.engine.limits()
            assert (limits.down, limits.up, limits.alternative_up) == (293, None, 0)  # KiB of 300 kB
            assert said(limits.schedule) == ["sun 3-4"]

            ana.act("limit_group")
            ana.find(QCheckBox, "", "Limit uploads").click()
            ana.click("Set limits")
            await until(lambda: ana.engine.limits().groups)
            assert ana.engine.limits().groups == [GroupLimitView(group="design", up=977, down=None)]
            await until(lambda: "limited" in ana.find(QToolButton, "rates").text())

    qloop.run_until_complete(scene())
