"""The window is at the next start as a person left it, and starts with whatever stands in the file."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.qt_loop import QtLoop
from desktop.ui.look import Look, read, written
from tests.gui.person import Person, until


def test_what_was_written_is_read() -> None:
    look = Look(groups_px=300, files_px=200, transfers_px=100, details_px=420, as_list=True,
                tree_sort=(5, True), list_sort=(7, True), tab=4)  # fmt: skip
    assert read(written(look)) == look


@pytest.mark.parametrize(
    "text",
    [None, 7, "", "{", "[]", "nonsense", '{"groups_px": -1}', '{"tab": 5}', '{"tree_sort": [6, true]}',
     '{"list_sort": [8, true]}', '{"details_px": 99999}', '{"as_list": 3}', '{"x": "' + "y" * 9999 + '"}',
     "\ud800"],
)  # fmt: skip
def test_bad_values_are_as_none(text: object) -> None:
    assert read(text) == Look()


@pytest.mark.slow
def test_a_window_is_as_the_one_before_it_was_left(qloop: QtLoop, tmp_path: Path) -> None:
    async def scene() -> None:
        async with Person(tmp_path / "ana") as ana:
            await ana.sign_up("ana")
            await ana.create_group("design")
            window = ana.window
            window.workspace.setSizes([310, 870, 0])
            window.workspace.right.setSizes([200, 400])
            window.files.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
            window.files.flat_view.sortByColumn(4, Qt.SortOrder.AscendingOrder)
            window.transfers.tabs.setCurrentIndex(4)
            ana.act("as_list")
            ana.act("details")
            left = window.workspace.look
            assert left.groups_px == 310
            assert left.transfers_px > left.files_px > 0
            assert (left.tree_sort, left.list_sort) == ((1, True), (4, False))
            await ana.speak("en")
            assert ana.window is not window
            await until(lambda: ana.window.files.is_flat)
            assert ana.window.workspace.look == left
            assert ana.window.transfers.model.known.filter == "sharing"

    qloop.run_until_complete(scene())
