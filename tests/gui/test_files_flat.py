"""A list of any length asks for what is looked at, and for nothing else."""

from array import array
from collections.abc import Iterable
from typing import Any

import pytest
from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QDrag
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.engine.file_views import FileRow, FilesFound
from desktop.ui import theme
from desktop.ui.files.drags import chosen_in, mime_of, weight
from desktop.ui.files.flat_model import LINES_MAX, FlatModel
from desktop.ui.files.flat_view import FlatView
from desktop.ui.files.texts import AVAILABILITY
from desktop.ui.files.tree_model import FilesModel
from desktop.ui.files.tree_view import TreeView
from desktop.ui.rows import MILLE, TINT
from desktop.ui.theme import COMPACT_ROW_PX, ROW_PX, colours
from tests.gui.person import LONG_MS

pytestmark = pytest.mark.gui
MANY = 1_000_000
NOW_AND_LONG_AGO = (4_000_000_000, 1)


def a_row(id_: int, **more: object) -> FileRow:
    fields = {"group": "g", "name": f"f/{id_}", "size": 1, "sharers": 2, "online": 1, "by": "ana", "at": 1}
    return FileRow(id=id_, **(fields | more))  # type: ignore[arg-type]


def found(ids: Iterable[int], known: int = 100) -> FilesFound:
    order = memoryview(array("I", ids))
    return FilesFound(order=order, files=len(order), size=1, rows=[a_row(one) for one in order[:known]])


@pytest.fixture
def view(qtbot: QtBot) -> FlatView:
    view = FlatView(FlatModel(lambda _group, _name: "", lambda _: 5))
    view.resize(900, 300)
    qtbot.addWidget(view)
    view.show()
    return view


def model_of(view: FlatView) -> FlatModel:
    model = view.model()
    assert isinstance(model, FlatModel)
    return model


@pytest.mark.slow
def test_a_list_outlives_its_view(qapp: QApplication) -> None:
    model = FlatModel(lambda _group, _name: "", lambda _: 5)
    shown = FlatView(model)
    shown.resize(900, 300)
    shown.show()
    shown.show_found(found(range(50)), anew=True)
    delete(shown)
    model.states_changed()
    model.show(found(range(60)))
    assert model.rowCount() == 60


@pytest.mark.slow
def test_what_is_looked_at_is_asked_for_once_and_only_around_it(view: FlatView, qtbot: QtBot) -> None:
    model = model_of(view)
    view.show_found(found(range(MANY)), anew=True)
    assert model.rowCount() == MANY
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > MANY, timeout=LONG_MS)
    with qtbot.waitSignal(model.wanted, timeout=LONG_MS) as asked:
        view.scrollTo(model.index(MANY // 2, 0))
        view.viewport().repaint()
        view.viewport().repaint()
    (ids,) = asked.args or []
    assert MANY // 2 in ids
    assert len(ids) <= 512
    with qtbot.assertNotEmitted(model.wanted, wait=20):
        model.tell(ids, [a_row(one) for one in ids if one != MANY // 2])
        view.viewport().repaint()
    assert model.index(MANY // 2 + 1, 0).data() == f"\u2068{MANY // 2 + 1}\u2069"
    assert model.index(MANY // 2, 0).data() is None  # it is gone meanwhile


@pytest.mark.slow
def test_of_what_changed_only_what_is_seen_is_asked_for_again(view: FlatView, qtbot: QtBot) -> None:
    model = model_of(view)
    view.show_found(found(range(MANY)), anew=True)
    with qtbot.waitSignal(model.wanted, timeout=LONG_MS) as asked:
        for _ in range(10):
            model.changed(range(3, 3 + LINES_MAX))
    (ids,) = asked.args or []
    assert ids[0] == 3
    assert len(ids) < 20
    view.hide()
    with qtbot.assertNotEmitted(model.wanted, wait=150):
        model.tell(ids, [])
        model.all_changed()


def test_a_name_has_room_and_columns_go_until_it_has(view: FlatView) -> None:
    for width, at_least in ((400, 1), (700, 3), (1000, 5)):
        view.resize(width, 300)
        shown = [column for column in range(8) if not view.isColumnHidden(column)]
        assert len(shown) >= at_least
        assert view.columnWidth(0) >= 26 * view.fontMetrics().horizontalAdvance("0") - 20
    view.leave_out({6, 7})
    assert not view.isColumnHidden(2)


def test_what_is_chosen_is_so_still_when_the_list_has_another_order(view: FlatView) -> None:
    view.show_found(found(range(MANY)), anew=True)
    view.selectRow(5)
    view.show_found(found([MANY + 1, *range(MANY - 1)]), anew=False)
    assert [model_of(view).id_at(row) for row in view.chosen_rows(9)] == [5]
    view.show_found(found([3, 4]), anew=False)
    assert view.chosen_rows(9) == []
    view.selectAll()
    assert (view.chosen_count, view.chosen_rows(1)) == (2, [0])
    view.show_found(found(range(MANY)), anew=False)
    view.selectAll()
    view.show_found(found(range(MANY + 1)), anew=False)
    assert view.chosen_count == MANY + 1


class Asked(FlatModel):
    """Counts for how many lines it was asked whether they can be chosen."""

    times = 0

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        self.times += 1
        return super().flags(index)


def test_all_lines_are_chosen_without_a_look_at_each(qtbot: QtBot) -> None:
    model = Asked(lambda _group, _name: "", lambda _: 5)
    view = FlatView(model)
    qtbot.addWidget(view)
    view.show()
    view.show_found(found(range(20_000)), anew=True)
    QApplication.processEvents()
    view.selectAll()
    QApplication.processEvents()
    assert view.chosen_count == 20_000
    assert model.times < 1000


class Read(list[int]):
    """An order of lines that counts how often some are taken out of it."""

    times = 0

    def __getitem__(self, which: Any) -> Any:
        self.times += isinstance(which, slice)
        return super().__getitem__(which)


def test_the_lines_in_sight_stay_there_and_many_chosen_are_found_by_one_look(
    view: FlatView, qtbot: QtBot
) -> None:
    model, bar = model_of(view), view.verticalScrollBar()
    view.show_found(found(range(5000)), anew=True)
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    view.selectionModel().select(QItemSelection(model.index(7, 0), model.index(1006, 0)), flags)
    order = Read([9001, *range(2, 5000)])
    view.show_found(FilesFound(order=order, files=len(order), size=1, rows=[]), anew=False)
    assert [model.id_at(row) for row in view.chosen_rows(1000)] == [*range(7, 1007)]
    assert order.times < 10
    assert bar.value() == 0, "who is at the top sees what comes there"
    qtbot.waitUntil(lambda: bar.maximum() > 3000, timeout=LONG_MS)
    view.scrollTo(model.index(3000, 0), view.ScrollHint.PositionAtTop)
    top = model.id_at(view.rowAt(0))
    view.show_found(found([*range(9000, 9020), *range(2, 4000), 1, *range(4000, 5000)]), anew=False)
    assert model.id_at(view.rowAt(0)) == top


def test_a_line_says_who_has_it_and_warns_of_a_last_copy(view: FlatView) -> None:
    def said(row: FileRow) -> tuple[str, int, str, str]:
        model = model_of(view)
        view.show_found(FilesFound(order=[row.id], files=1, size=1, rows=[row]), anew=True)
        index = model.index(0, AVAILABILITY)
        tip = index.data(Qt.ItemDataRole.ToolTipRole).replace("\u2068", "").replace("\u2069", "")
        return index.data().strip("\u2068\u2069"), index.data(MILLE), index.data(TINT), tip.split("\n")[1]

    new, old = NOW_AND_LONG_AGO
    assert said(a_row(1, sharers=3, online=2)) == (
        "3 of 5", 600, "accent", "3 of 5 people have it, 2 of them online; you would be number 4",
    )  # fmt: skip
    assert said(a_row(1, sharers=1, at=old))[2:] == (
        "warn", "1 of 5 people has it, 1 of them online: the last copy",
    )  # fmt: skip
    assert said(a_row(1, sharers=1, at=new))[2] == "accent"
    assert said(a_row(1, online=0))[2] == "muted"
    assert "Only you have it" in said(a_row(1, sharers=1, mine=True))[3]


def test_what_is_dragged_is_known_again_and_nothing_else_is_taken_for_it() -> None:
    mime = mime_of([a_row(1), a_row(2)], [])
    assert [one.name for one in chosen_in(mime)] == ["f/1", "f/2"]
    assert "2 files, " in weight(chosen_in(mime))
    folder = FileRow(id=0, group="g", name="f/", files=2, size=9)
    assert [one[1:] for one in chosen_in(mime_of([a_row(1), folder], []))] == [("g", "f/", 2, 9)]
    for raw in (
        b"",
        b"[1]",
        b'[[1, "g"]]',
        b'[[1,"g","n",1,-1]]',
        b'[[1,"g","n",1,%d]]' % 10**30,
        b"\xff",
        b"[" + b'[1,"g","n"],' * 200_000 + b'[1,"g","n"]]',
    ):
        mime.setData("application/x-shoal-files", raw)
        assert chosen_in(mime) == []


@pytest.mark.slow
@pytest.mark.qt_log_ignore("Unimplemented code", extend=True)  # of the mouse, where there is no screen
def test_a_drag_shows_what_it_is_and_how_much(qtbot: QtBot) -> None:
    folder = FileRow(id=0, group="g", name="f/", files=2, size=9)
    flat = FlatModel(lambda *_: "", lambda _: 1, lambda _: mime_of([folder], []))
    tree = FilesModel(mime_of=lambda _: mime_of([folder], []))
    flat.show(found(range(1, 9)))
    tree.show([a_row(1)], {})
    seen: list[tuple[int, bool]] = []

    def drag() -> None:
        """A person does so by the mouse, which nothing hears where there is no screen."""
        QTimer.singleShot(0, let_go)
        dragging.startDrag(Qt.DropAction.CopyAction)

    def let_go() -> None:
        made = dragging.findChild(QDrag)
        assert made
        seen.append((made.pixmap().height(), made.hotSpot().x() < 0))
        QDrag.cancel()

    for count, dragging in enumerate((FlatView(flat), TreeView(tree)), start=1):
        qtbot.addWidget(dragging)
        dragging.show()
        dragging.selectAll()
        QTimer.singleShot(0, drag)
        qtbot.waitUntil(lambda count=count: len(seen) == count, timeout=LONG_MS)  # type: ignore[misc]
    assert seen == [(48, True)] * 2


@pytest.mark.slow
def test_a_ring_is_around_the_line_that_the_keys_are_at(view: FlatView, qtbot: QtBot) -> None:
    model_of(view).show(found(range(1, 9)))
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus, timeout=LONG_MS)
    view.selectRow(1)
    view.selectionModel().setCurrentIndex(
        view.model().index(3, 0), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    drawn = view.viewport().grab().toImage()
    edge = [drawn.pixelColor(0, view.rowViewportPosition(row) + view.rowHeight(row) // 2) for row in (1, 3)]
    accent = QColor(colours(view.palette()).accent)
    assert [one == accent for one in edge] == [False, True]


@pytest.mark.slow
def test_lines_are_as_high_as_those_of_all_lists(view: FlatView, qapp: QApplication) -> None:
    model_of(view).show(found(range(1, 9)))
    heights = []
    for density in ("compact", "comfortable"):
        theme.apply(qapp, "light", density)
        QApplication.sendEvent(view, QEvent(QEvent.Type.StyleChange))
        heights.append(view.rowHeight(0))
    assert heights == [COMPACT_ROW_PX, ROW_PX]
