"""The models show what they are told, keep what a person did to them, and cost little."""

import re
import sys
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from desktop.engine.events import DownloadProgress
from desktop.engine.file_views import FileRow
from desktop.engine.transfer_views import DownloadFile, LastSeen, SharedItem
from desktop.engine.views import (
    ActivityView,
    DownloadView,
    ErrorView,
    GroupLimitView,
    GroupView,
    LimitsView,
    MemberView,
    RequestView,
)
from desktop.settings import Kept, Settings
from desktop.ui import amounts
from desktop.ui.files.pane import FilesPane
from desktop.ui.files.texts import line
from desktop.ui.files.tree_model import FilesModel
from desktop.ui.groups.activity import said
from desktop.ui.groups.model import GroupsModel, Place
from desktop.ui.menus import Menus
from desktop.ui.parts import label
from desktop.ui.rows import ALERT, AT_THE_END, COUNT, ICON, MILLE, RowsView
from desktop.ui.transfers.model import REMOVED_MAX, TransfersModel
from desktop.ui.transfers.rows import FILTERS, PEOPLE, PROGRESS, STATUS, stopped, untold, waits
from desktop.ui.transfers.view import TransfersView
from desktop.wording import SENTENCES
from tests.gui.person import LONG_MS

pytestmark = pytest.mark.gui
SAID = Qt.ItemDataRole.AccessibleTextRole


def a_file(name: str, size: int = 1, **more: object) -> FileRow:
    fields = {"id": 1, "group": "g", "sharers": 3, "online": 2, "by": "ana"}
    return FileRow(name=name, size=size, **(fields | more))  # type: ignore[arg-type]


def a_download(id_: int, name: str = "a", state: str = "D", **more: object) -> DownloadView:
    fields = {"size": 1000, "done": 0, "files": 1, "files_done": 0, "rate": 0.0, "sources": 0}
    return DownloadView(id=id_, group="g", name=name, state=state, path="/x", **(fields | more))  # type: ignore[arg-type]


def a_group(name: str, mine: str = "owner", members: int = 1) -> GroupView:
    return GroupView(name=name, owner="ana", members=members, mine=mine)


@pytest.fixture
def pane(qtbot: QtBot) -> FilesPane:
    window = QMainWindow()
    kept = Kept(None, Settings(), Settings(), lambda _: None)
    menus = Menus(window, kept, kept.change)
    pane = FilesPane(menus, label())
    window.setCentralWidget(pane)
    qtbot.addWidget(window)
    qtbot.keep = window  # type: ignore[attr-defined]  # the pane goes with its window
    return pane


def shown(model: FilesModel) -> list[str]:
    """Every row in order, folders with what is in them."""
    lines: list[str] = []

    def walk(parent: object, depth: int) -> None:
        for row in range(model.rowCount(parent)):  # type: ignore[arg-type]
            index = model.index(row, 0, parent)  # type: ignore[arg-type]
            lines.append("  " * depth + index.data().strip("\u2068\u2069"))
            walk(index, depth + 1)

    walk(QModelIndex(), 0)
    return lines


def test_files_stand_in_their_folders_and_folders_first(qapp: object) -> None:
    model = FilesModel()
    model.show([a_file(name) for name in ("b.txt", "z/b/2", "z/1", "A.txt", "z/b/10")], {})
    assert shown(model) == ["z", "  b", "    10", "    2", "  1", "A.txt", "b.txt"]


def test_a_folder_sums_what_is_in_it(qapp: object) -> None:
    model = FilesModel()
    model.show([a_file("z/a", 400), a_file("z/b/c", 600)], {})
    texts = [model.index(0, column).data() for column in (1, 5)]
    assert texts == [amounts.size(1000), "\u20682 files\u2069"]


def test_a_file_and_a_folder_of_one_name_both_show(qapp: object) -> None:
    model = FilesModel()
    model.show([a_file("a"), a_file("a/b")], {})
    assert shown(model) == ["a", "  b", "a"]


def test_a_change_of_presence_resets_nothing(qapp: object, qtbot: QtBot) -> None:
    model = FilesModel()
    model.show([a_file("a/b"), a_file("c")], {})
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged, timeout=LONG_MS):
        model.show([a_file("a/b", online=0), a_file("c")], {"c": "downloading"})
    assert "downloading" in model.index(1, 5).data()


def test_names_cannot_steer_the_screen(qapp: object) -> None:
    model = FilesModel()
    model.show([a_file("exe.\u202egpj")], {})
    assert model.index(0, 0).data() == "\u2068exe.\\u202egpj\u2069"


def test_sorting_by_size_keeps_folders_on_top(qapp: object) -> None:
    model = FilesModel()
    model.show([a_file("a", 3), a_file("b", 9), a_file("z/c", 1)], {})
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert shown(model) == ["z", "  c", "b", "a"]


def test_what_is_open_and_selected_survives_new_files(pane: FilesPane) -> None:
    pane.open(a_group("g"))
    pane.show_tree([a_file("f/a"), a_file("f/b"), a_file("x/y")])
    pane.view.expand(pane.model.index_of("f/"))
    flags = QItemSelectionModel.SelectionFlag
    pane.view.selectionModel().select(pane.model.index_of("f/b"), flags.ClearAndSelect | flags.Rows)
    files = [a_file(name) for name in ("f/a", "f/aa", "f/b", "x/y", "0")]
    pane.show_tree(files)
    assert [one.name for one in pane.view.chosen()] == ["f/b"]
    assert pane.view.isExpanded(pane.model.index_of("f/"))
    assert not pane.view.isExpanded(pane.model.index_of("x/"))


def test_what_is_on_top_of_the_tree_stays_there_when_files_come_above_it(pane: FilesPane) -> None:
    pane.window().show()
    files = [a_file(f"f/{number:03}") for number in range(200)]
    pane.show_tree(files)
    pane.view.expandAll()
    pane.view.selectAll()
    pane.view.scrollTo(pane.model.index_of("f/150"), pane.view.ScrollHint.PositionAtTop)
    pane.show_tree([*files, a_file("a/new"), a_file("f/000 new")])
    assert pane.model.node(pane.view.indexAt(QPoint(0, 0))).path == "f/150"
    assert len(pane.view.selectionModel().selection().toList()) == 3, "of rows that follow each other"
    pane.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert pane.model.node(pane.view.indexAt(QPoint(0, 0))).path != "f/150", "as it is sorted now"


def test_a_selected_folder_stands_for_what_is_in_it(pane: FilesPane) -> None:
    pane.open(a_group("g"))
    pane.show_tree([a_file("f/a"), a_file("f/b"), a_file("c")])
    pane.view.expandAll()
    pane.view.selectAll()
    assert [one.name for one in pane.view.chosen()] == ["f/", "c"]


def test_two_thousand_files_come_and_change_by_a_few_calls_for_each(pane: FilesPane) -> None:
    files = [a_file(f"folder {number % 40}/file {number}", number) for number in range(2_000)]
    pane.show_tree(files)
    new = [*files, a_file("new")]
    for listing in (new, [a_file(file.name, online=1) for file in new]):
        assert calls_in(lambda listing=listing: pane.show_tree(listing)) < 20 * len(new)  # type: ignore[misc]


def calls_in(act: Callable[[], object]) -> int:
    """Of functions of Python's: what a machine takes for them is its own matter."""
    called = [0]

    def heard(_frame: object, event: str, _told: object) -> None:
        called[0] += event == "call"

    sys.setprofile(heard)
    try:
        act()
    finally:
        sys.setprofile(None)
    return called[0]


def test_groups_show_members_and_requests_of_the_right_ones(qapp: object) -> None:
    model = GroupsModel()
    model.show_groups(
        [a_group("mine"), a_group("In", "member"), a_group("asked", "pending"), a_group("no", "none")]
    )
    assert list(model.groups) == ["asked", "In", "mine"]
    tops = [model.item(row) for row in range(model.rowCount())]
    kinds = [[top.child(row).text() for row in range(top.rowCount())] for top in tops]
    assert kinds == [[], ["Activity", "Members"], ["Activity", "Members", "Requests"]]


def test_requests_are_counted_where_they_wait_and_on_their_group(qapp: object) -> None:
    model = GroupsModel()
    model.show_groups([a_group("g")])
    model.show_requests("g", [RequestView(user="bo", at=2), RequestView(user="cy", at=1)])
    for place in (Place("g"), Place("g", "requests")):
        item = model.item_of(place)
        assert item is not None
        assert (item.data(COUNT), item.data(ALERT)) == (2, True)
    model.show_requests("g", [])
    top = model.item_of(Place("g"))
    assert top is not None
    assert top.data(COUNT) is None


def test_a_request_that_was_withdrawn_before_it_was_listed_is_gone(qapp: object, qtbot: QtBot) -> None:
    model = GroupsModel()
    model.show_groups([a_group("g"), a_group("h")])
    model.request_came("g", "bo")
    model.request_came("g", "cy")
    with qtbot.assertNotEmitted(model.gone):
        model.show_requests("h", [])
    with qtbot.waitSignal(model.gone, check_params_cb=lambda place: place == Place("g", "request", "bo")):
        model.show_requests("g", [RequestView(user="cy", at=1)])
    with qtbot.assertNotEmitted(model.gone):
        model.show_requests("g", [RequestView(user="cy", at=1)])


def test_what_came_is_counted_until_it_is_looked_at_but_who_waits_goes_first(qapp: object) -> None:
    model = GroupsModel()
    model.show_groups([a_group("g")])
    model.came("g", 3)
    model.came("g", 4)
    top, activity = model.item_of(Place("g")), model.item_of(Place("g", "activity"))
    assert top is not None
    assert activity is not None
    assert (top.data(COUNT), top.data(ALERT), activity.data(COUNT)) == (7, False, 7)
    model.show_requests("g", [RequestView(user="bo", at=2)])
    assert (top.data(COUNT), top.data(ALERT), activity.data(COUNT)) == (1, True, 7)
    model.show_requests("g", [])
    model.came("g", 0)
    assert (top.data(COUNT), activity.data(COUNT)) == (None, None)


def test_what_happened_is_said_in_sentences(qapp: object) -> None:
    acts = [
        ActivityView(at=1, what="fetched", user="bo", name="rushes/", files=12),
        ActivityView(at=1, what="shared", user="bo", name="a/b.txt", files=1),
        ActivityView(at=1, what="stopped", user="bo", files=2),
        ActivityView(at=1, what="removed", user="bo", by="ana"),
    ]
    assert [re.sub("[\u2068\u2069]", "", said(act)) for act in acts] == [
        "bo downloaded 12 files in rushes",
        "bo shared a/b.txt",
        "bo stopped sharing 2 files",
        "ana removed bo",
    ]


def test_members_online_come_first_and_say_so(qapp: object) -> None:
    model = GroupsModel()
    model.show_groups([a_group("g")])
    abe, bo = (MemberView(user=user, owner=user == "abe", online=user == "bo") for user in ("abe", "bo"))
    model.show_members("g", [abe, bo])
    head = model.item_of(Place("g", "members"))
    assert head is not None
    rows = [head.child(row) for row in (0, 1)]
    assert [(row.data(ICON)[0], row.data(SAID).strip("\u2068")) for row in rows] == [
        ("online", "bo\u2069, online"),
        ("offline", "abe\u2069, offline, owner"),
    ]


def test_the_tree_of_groups_stays_open_and_current_over_refreshes(qtbot: QtBot) -> None:
    model, view = GroupsModel(), RowsView("groups", "Groups")
    qtbot.addWidget(view)
    view.setModel(model)
    model.show_groups([a_group("b"), a_group("c")])
    item = model.item_of(Place("c"))
    assert item is not None
    view.expand(item.index())
    view.setCurrentIndex(item.index())
    model.show_groups([a_group("a"), a_group("b", "member"), a_group("c"), a_group("d")])
    assert model.place(view.currentIndex()) == Place("c")
    assert view.isExpanded(view.currentIndex())
    away, here = ([MemberView(user=user, owner=False, online=user in there) for user in ("ana", "bo")]
                  for there in (("ana",), ("bo",)))  # fmt: skip
    model.show_members("c", away)
    bo = model.item_of(Place("c", "member", "bo"))
    assert bo is not None
    view.setCurrentIndex(bo.index())
    model.show_members("c", here)
    assert (view.currentIndex().row(), model.place(view.currentIndex())) == (0, Place("c", "member", "bo"))
    assert view.selectedIndexes() == [view.currentIndex()]
    model.show_groups([a_group("a")])
    assert model.rowCount() == 1


def test_the_newest_download_is_on_top_and_rows_keep_their_place(qapp: object) -> None:
    model = TransfersModel()
    model.show([a_download(1, "one"), a_download(2, "two")])
    model.show([a_download(1, "one", "C"), a_download(3, "three")])
    assert [view.id for view in model.views] == [3, 1]
    assert [model.index(row, PROGRESS).data(MILLE) for row in (0, 1)] == [0, 1000]


def test_what_files_are_doing_is_told_for_all_groups_at_once(qapp: object) -> None:
    model = TransfersModel()
    model.show(
        [a_download(1, "one"), a_download(2, "two", "C"), replace(a_download(3, "one", "P"), group="h")]
    )
    assert model.known.states() == {"g": {"one": "downloading", "two": "downloaded"}, "h": {"one": "paused"}}


def test_progress_of_many_is_one_change_of_rows(qapp: object, qtbot: QtBot) -> None:
    model = TransfersModel()
    model.show([a_download(id_) for id_ in range(1, 101)])
    changes: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: changes.append((first.row(), last.row())))
    model.progress([progress(id_) for id_ in (1, 50, 100, 999)])
    assert changes == [(0, 99)]
    assert model.index(0, PROGRESS).data(MILLE) == 420


def test_a_transfer_that_moves_is_drawn_anew_only_where_it_looks_different(qapp: object) -> None:
    model = TransfersModel()
    model.show([a_download(1, size=1000, sources=1)])
    assert model.index(0, STATUS).data() == "waiting for data"
    model.progress([progress(1, done=0, size=1000, rate=5.0)])
    left, people = STATUS + 2, PEOPLE
    assert set(model.renew(0)) == {STATUS, left, people}
    assert not model.renew(0)
    model.progress([progress(1, done=900, size=1000, rate=5.0)])
    assert set(model.renew(0)) == {PROGRESS, left}
    model.show([a_download(1, state="C")])
    assert set(model.renew(0)) == {0, PROGRESS, STATUS, left, people}


@pytest.mark.slow
def test_a_window_shows_of_transfers_that_moved_what_it_would_if_all_were_drawn(qtbot: QtBot) -> None:
    model = TransfersModel()
    view = TransfersView(model)
    qtbot.addWidget(view)
    view.set_columns([8, 8, 12, 8, 8, 8], {})
    view.resize(800, 200)
    model.show([a_download(1, sources=1), a_download(2, "b/", files=3)])
    view.show()
    qtbot.waitUntil(view.isVisible)

    def seen() -> QImage:
        QApplication.processEvents()
        return view.screen().grabWindow(view.winId()).toImage()

    before = seen()
    for told in (progress(1, done=5, rate=9.0), progress(2, done=999, rate=1e6), progress(1, done=900)):
        model.progress([told])
        now = seen()
        assert now != before
        view.viewport().update()
        assert seen() == now
        before = now


def test_a_filter_lists_what_is_so_and_follows_it(qapp: object) -> None:
    model = TransfersModel()
    model.show([a_download(1), a_download(2, state="C"), a_download(3, state="P"), a_download(4, state="F")])
    assert [model.known.count(name) for name in FILTERS] == [4, 2, 1, 1, 0]
    model.show_only("active")
    assert [model.view(model.index(row, 0)).id for row in range(model.rowCount())] == [3, 1]  # type: ignore[union-attr]
    model.show([a_download(1, state="C"), a_download(3), a_download(5)])
    assert [model.view(model.index(row, 0)).id for row in range(model.rowCount())] == [5, 3]  # type: ignore[union-attr]
    model.show_only("done")
    assert model.rowCount() == 1
    assert len(model.views) == 3


def test_what_is_shared_keeps_its_rows_while_it_is_told_anew(qapp: object, qtbot: QtBot) -> None:
    def item(name: str, size: int = 1) -> SharedItem:
        return SharedItem(group="g", name=name, files=1, size=size, path="/x")

    model = TransfersModel()
    sides = []
    for filter_ in ("all", "sharing"):
        model.show_only(filter_)
        role = Qt.ItemDataRole.TextAlignmentRole
        sides.append(model.headerData(PROGRESS, Qt.Orientation.Horizontal, role))
    assert sides == [None, AT_THE_END], "a size stands at the end of its column, and so does its title"
    model.show_items([item("a"), item("b"), item("d")])
    selected = QPersistentModelIndex(model.index(1, 0))
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_items([item("b", 1000), item("c"), item("d")])
    assert model.view(selected) == item("b", 1000)
    assert [model.index(row, PROGRESS).data() for row in (0, 1)] == [amounts.size(1000), amounts.size(1)]
    model.show_items([item("c")])
    assert not selected.isValid()


def test_a_folder_opens_to_its_files_and_says_how_many_more_there_are(qapp: object) -> None:
    files = [DownloadFile(name=f"z/{n}", size=10, done=n, state="D", people=1) for n in range(3)]
    model = TransfersModel(lambda _id, count: files[:count])
    model.show([a_download(1, "a"), a_download(2, "z/", files=5)])
    top = model.index(0, 0)
    assert model.hasChildren(top)
    assert not model.hasChildren(model.index(1, 0))
    model.fetchMore(top)
    inside = [model.index(row, 0, top) for row in range(model.rowCount(top))]
    assert [index.data().strip("\u2068\u2069") for index in inside] == ["0", "1", "2", "and 2 more files"]
    assert inside[1].parent() == top
    assert model.view(inside[1]) == model.view(top)
    files[0] = DownloadFile(name="z/0", size=10, done=10, state="C", people=0)
    model.refresh_files(2)
    assert inside[0].siblingAtColumn(STATUS).data() == "downloaded"


@pytest.mark.parametrize(("count", "is_open"), [(2 * REMOVED_MAX + 4, True), (400, False)])
def test_of_many_that_go_at_once_the_others_stay_selected_and_open(
    qapp: object, qtbot: QtBot, is_open: bool, count: int
) -> None:
    """Qt keeps it in mind otherwise where all of more than 1,000 cells are selected."""
    files = [DownloadFile(name="z/0", size=10, done=1, state="D", people=1)]
    model = TransfersModel(lambda _id, count: files[:count])
    model.show([a_download(id_, f"{id_}/") for id_ in range(1, count + 1)])
    view = RowsView("rows", "Rows")
    qtbot.addWidget(view)
    view.setModel(model)
    view.selectAll()
    folder = model.index_of(4)
    view.setExpanded(folder, is_open)
    view.setCurrentIndex(model.index(0, 0, folder) if is_open else folder)
    view.selectAll()
    evens = [a_download(id_, f"{id_}/") for id_ in range(2, count + 1, 2)]
    with qtbot.assertNotEmitted(model.modelReset):
        model.show(evens)
    assert (model.rowCount(), view.isExpanded(model.index_of(4))) == (len(evens), is_open)
    at = model.index_of(4)
    assert view.currentIndex() == (model.index(0, 0, at) if is_open else at)
    chosen = view.rows_chosen()
    assert {model.view(index).id for index in chosen} == {one.id for one in evens}  # type: ignore[union-attr]
    model.show([])
    assert (model.rowCount(), view.currentIndex().isValid()) == (0, False)


def test_who_is_waited_for_is_named_with_when_they_were_seen() -> None:
    def plain(*seen: tuple[str, int | None]) -> str:
        said = waits([LastSeen(user=user, ago_s=ago) for user, ago in seen])
        return re.sub("[\u2068\u2069]", "", said)

    assert plain(("ana", 7260), ("bo", None)) == "nobody who has it is online: ana was 2 h 1 min ago, bo"
    assert plain(("ana", 0), ("bo", 0)) == "ana, bo have it and are online, but cannot be reached"
    assert plain(("ana", 0)) == "ana has it and is online, but cannot be reached"
    assert plain() == "nobody has it any more"
    assert plain(*((name, 60) for name in "abcde")).endswith("c was 1 min ago, 2 others")


def test_a_transfer_says_how_it_stands_in_one_sentence(qapp: object) -> None:
    model = TransfersModel()
    model.show([a_download(1, "render.mov", size=1 << 30)])
    model.progress([progress(1, done=1 << 29, size=1 << 30, rate=float(1 << 24))])
    said = model.index(0, 0).data(SAID).replace("\u2068", "").replace("\u2069", "")
    assert said == "render.mov, 50 percent, 16.8 MB/s, 33 s left"


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (a_download(1), "looks for somebody who has it"),
        (a_download(1, error=ErrorView(code="disk_full", message="")), SENTENCES["disk_full"]),
        (a_download(1, sources=2), "waiting for data"),
        (a_download(1, state="P"), "paused"),
        (a_download(1, state="F", error=ErrorView(code="x", message="no; type: help")), "no"),
        (a_download(1, state="C"), "downloaded"),
        (
            a_download(1, error=ErrorView(code="no_tracker", message=SENTENCES["no_tracker"])),
            "no tracker is there to say who has it; it goes on by itself",
        ),
    ],
)
def test_a_transfer_that_stands_still_says_why(qapp: object, view: DownloadView, said: str) -> None:
    model = TransfersModel()
    model.show([view])
    assert model.index(0, STATUS).data() == said


def test_while_no_tracker_answers_it_is_not_said_that_nobody_is_online(qapp: object) -> None:
    model = TransfersModel()
    waits_for = ErrorView(code="not_yet", message="nobody who has it is online")
    model.show([a_download(1, error=waits_for), a_download(2, sources=1)])
    model.show_why(1, "nobody who has it is online: ana")

    def said() -> list[str]:
        return [re.sub("[\u2068\u2069]", "", str(model.index(row, STATUS).data())) for row in (1, 0)]

    assert said() == ["nobody who has it is online: ana", "waiting for data"]
    model.show_untold(untold(130))
    assert said() == ["no tracker for 2 min to say who has it; it goes on by itself", "waiting for data"]
    model.show_untold(untold(0))
    assert said()[0] == "no tracker is there to say who has it; it goes on by itself"
    model.show_untold("")
    assert said()[0] == "nobody who has it is online: ana"


def test_what_ones_own_limits_stop_says_so_and_nothing_of_others(qapp: object) -> None:
    model, group = TransfersModel(), GroupLimitView(group="h", up=None, down=0)
    limits = LimitsView(
        up=None, down=None, alternative_up=None, alternative_down=0, lan_exempt=False, schedule=[],
        alternative_now=False, groups=[group],
    )  # fmt: skip
    assert stopped(limits, ["g", "h"]) == {"h"}
    assert stopped(replace(limits, alternative_now=True), ["g", "h"]) == {"g", "h"}
    model.show(
        [
            replace(a_download(1, sources=1), group="h"),
            replace(a_download(2, sources=1, rate=5.0), group="h"),
            a_download(3, sources=1),
        ]
    )
    model.show_stopped(stopped(limits, ["g", "h"]))
    said = [model.index(row, STATUS).data() for row in range(3)]
    assert said == ["waiting for data", amounts.rate(5), "stopped by your limits"]
    model.show_stopped(frozenset())
    assert model.index(2, STATUS).data() == "waiting for data"


def test_only_what_is_whole_is_shown_as_whole() -> None:
    assert [amounts.per_mille(*pair) for pair in ((0, 0), (999_999, 1_000_000), (5, 5))] == [1000, 999, 1000]


def progress(id_: int, **more: object) -> DownloadProgress:
    fields = {"done": 420, "size": 1000, "files": 1, "files_done": 0, "rate": 1.0, "sources": 2}
    return DownloadProgress(id=id_, **(fields | more))  # type: ignore[arg-type]


@pytest.mark.parametrize("transfer", ["downloaded", ""], ids=["by itself", "with its folder"])
def test_a_file_that_is_here_says_the_same_whether_it_came_by_itself_or_with_its_folder(
    transfer: str,
) -> None:
    def said(**fields: object) -> str:
        return line(a_file("a", 1, **fields), lambda *_: transfer, lambda _: 3).texts[5].strip("\u2068\u2069")

    assert said(mine=True, sharers=2) == "you share it"
    assert said(mine=True, sharers=1) == "only you have it"
    assert said(sharers=2, online=1) == transfer
