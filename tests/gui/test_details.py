"""What the details say: whose each piece is, how fast it went, what happened."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QRectF, Qt

from desktop.engine.transfer_views import Holder
from desktop.engine.views import DownloadView, ErrorView, NoteView, PieceMapView, SourceView
from desktop.ui import amounts
from desktop.ui.details import sayings
from desktop.ui.details.everyone import EveryoneModel
from desktop.ui.details.peers import PeersModel
from desktop.ui.details.people import HERE, MISSING, SHOWN_MAX, People, shares
from desktop.ui.details.speed_graph import SpeedGraph
from desktop.ui.details.speeds import KEPT_MAX, SECONDS, AllSpeeds, Speeds, scale
from desktop.ui.two_lines import LINES
from shared.errors import Coded


def a_view(**more: object) -> DownloadView:
    fields: dict[str, object] = {
        "id": 1, "group": "g", "name": "a", "state": "D", "path": "/x", "size": 1000, "done": 400, "files": 1,
        "files_done": 0, "rate": 0.0, "sources": 0,
    }  # fmt: skip
    return DownloadView(**(fields | more))  # type: ignore[arg-type]


def a_source(user: str, given: int, **more: object) -> SourceView:
    fields: dict[str, object] = {"device": user, "state": "sending", "in_flight": 0, "down": 0.0}
    return SourceView(user=user, given=given, **(fields | more))  # type: ignore[arg-type]


def test_each_square_is_somebodys_and_nobody_changes_colour() -> None:
    people = People()
    first = PieceMapView(name="a", cell=1, runs=[(2, "bo"), (1, None), (1, "")], asked=[(2, "ana")])
    assert people.cells(first) == [0, 0, MISSING, HERE]
    assert people.asked(first) == {2: 1}
    later = PieceMapView(name="a", cell=1, runs=[(1, "ana"), (2, "bo")], asked=[])
    assert people.cells(later) == [1, 0, 0]


def test_who_comes_when_all_colours_are_taken_shares_the_last_one() -> None:
    people = People()
    numbers = [people.number(str(user)) for user in range(SHOWN_MAX + 3)]
    assert numbers == [*range(SHOWN_MAX), *[SHOWN_MAX] * 3]


def test_the_legend_has_who_gave_what_was_here_and_what_lacks() -> None:
    lines = shares(People(), a_view(), [a_source("ana", 100), a_source("bo", 200), a_source("ana", 50)])
    assert [(line.user or line.whose, line.size, line.mille) for line in lines] == [
        ("bo", 200, 200),
        ("ana", 150, 150),
        (HERE, 50, 50),
        (MISSING, 600, 600),
    ]
    thirds = shares(People(), a_view(size=300, done=100), [a_source("ana", 100)])
    assert [line.mille // 10 for line in thirds] == [33, 67], "the percents make a hundred"
    many = shares(People(), a_view(done=1000), [a_source(str(n), 100 - n) for n in range(SHOWN_MAX + 2)])
    assert [line.others for line in many if line.others] == [2]


def test_the_last_minute_has_a_place_for_each_second() -> None:
    speeds = Speeds()
    speeds.tell(100, 5.0, 1.0)
    speeds.tell(100, 7.0)
    speeds.tell(102, 9.0)
    line = speeds.line(103)
    assert (len(line), line[-3:]) == (SECONDS, [(7.0, 1.0), (0.0, 0.0), (9.0, 0.0)])
    assert speeds.line(200) == [(0.0, 0.0)] * SECONDS


def test_speeds_are_remembered_of_those_that_moved_last() -> None:
    every = AllSpeeds()
    for id_ in range(KEPT_MAX + 1):
        every.of(id_).tell(1, 1.0)
    assert every.of(KEPT_MAX).line(2)[-1] == (1.0, 0.0)
    assert every.of(0).line(2)[-1] == (0.0, 0.0)


@pytest.mark.parametrize(("highest", "top"), [(0, 10e3), (10_001, 20e3), (4.1e6, 5e6), (50e6, 50e6)])
def test_a_graph_ends_at_a_round_figure(highest: float, top: float) -> None:
    assert scale(highest) == top


def test_the_speed_graph_is_mirrored_where_one_reads_from_the_right(qapp: object) -> None:
    graph, room = SpeedGraph(), QRectF(10, 0, 100, 50)
    graph.show_line([(float(at), 0.0) for at in range(SECONDS)])
    usual = graph._points(room, 0, 100)
    graph.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    mirrored = graph._points(room, 0, 100)
    assert (usual[0].x(), usual[-1].x()) == pytest.approx((10, 110))
    assert [point.x() for point in mirrored] == pytest.approx([120 - point.x() for point in usual])
    assert [point.y() for point in mirrored] == [point.y() for point in usual]


def test_a_headline_says_what_it_does_or_why_not() -> None:
    waits = ErrorView(code="not_yet", message="nobody who has it is online")
    assert sayings.headline(a_view(error=waits)) == "Nobody who has it is online"
    assert sayings.headline(a_view(sources=2, rate=100.0)) == (
        f"Comes from 2 people, {amounts.time_left(600, 100)} left"
    )
    assert sayings.headline(a_view(state="P")) == "Paused"
    assert sayings.headline(a_view(sources=1)) == "Waits for data from 1 person"
    assert sayings.headline(a_view(sources=1), "stopped by your limits") == "Stopped by your limits"
    full = ErrorView(code="disk_full", message="/a: 9 bytes more are needed")
    assert sayings.headline(a_view(error=full)).startswith("The disk is full; it goes on by itself")
    assert "no longer" in sayings.headline(
        a_view(state="F", error=ErrorView(code="not_a_member", message=""))
    )


def test_a_peer_is_a_sentence() -> None:
    peer = a_source("ana", 5, address="10.0.0.7:1", takes=1, taken=7, proven=True)
    assert sayings.peer_said(peer, amounts.name("ana")).replace("\u2068", "").replace("\u2069", "") == (
        "ana, sends, downloads it too, gave 5 bytes, took 7 bytes in all, down 0 kB/s, up 0 kB/s, "
        "10.0.0.7:1, membership proven"
    )
    assert sayings.peer_state(a_source("bo", 0, state="idle", takes=1)) == "downloads it"


def test_who_is_chosen_among_the_people_stays_so_when_another_gave_more(qapp: object) -> None:
    model = PeersModel()
    model.show([a_source("ana", 10), a_source("bo", 20)])
    chosen = QItemSelectionModel(model)
    chosen.setCurrentIndex(model.index(1), QItemSelectionModel.SelectionFlag.Select)
    model.show([a_source("ana", 30), a_source("bo", 20)])
    assert [index.row() for index in chosen.selectedIndexes()] == [chosen.currentIndex().row()] == [0]
    assert model.index(0).data(LINES)[0] == amounts.name("ana")
    model.show([a_source("bo", 20)])
    assert not chosen.hasSelection()


def test_computers_of_one_person_are_told_apart(qapp: object) -> None:
    model = PeersModel()
    model.show(
        [
            a_source("ana", 30, device="a" * 64, label="vm"),
            a_source("ana", 20, device="b" * 64, label="vm"),
            a_source("ana", 10, device="c" * 64, label="desk"),
            a_source("bo", 5, device="d" * 64, label="vm"),
        ]
    )
    names = [model.index(row).data(LINES)[0].replace("\u2068", "").replace("\u2069", "") for row in range(4)]
    assert names == ["ana  ·  vm (aaaaaaaa)", "ana  ·  vm (bbbbbbbb)", "ana  ·  desk", "bo"]


def test_who_has_nothing_yet_has_room_for_who_they_are(qapp: object) -> None:
    model = EveryoneModel()
    holders = {0: "", 4: "4 bytes of 9 bytes", 9: ""}
    model.show_rows(
        [
            Holder(user=str(done), me=True, online=True, ago_s=0, done=done, size=9, fetches=False)
            for done in holders
        ]
    )
    shown = [model.index(row).data(LINES)[3] for row in range(3)]
    assert [one.replace("\u2068", "").replace("\u2069", "") for one in shown] == [*holders.values()]


def test_every_note_has_its_words() -> None:
    for what in sayings._NOTES:
        said = sayings.note(NoteView(at=1, what=what, user="ana", detail="5" if what == "again" else ""))
        assert "{" not in said
    for code in Coded.by_code:
        said = sayings.note(NoteView(at=1, what="waits", user="", detail=code))
        assert f" {code}" not in said or "_" not in code, "a code is no sentence"
        assert not said.endswith(" of it") or code != "not_a_member", "nobody knows of which group"
