"""What there is to know of one download at a glance: how far, from whom, how fast, where it lies."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QProgressBar, QScrollArea, QToolButton, QWidget

from desktop.engine.views import DownloadDetails, DownloadView
from desktop.ui import amounts, parts
from desktop.ui.details import sayings
from desktop.ui.details.legend import Legend
from desktop.ui.details.people import People, shares
from desktop.ui.details.piece_map import PieceMap
from desktop.ui.details.speed_graph import SpeedGraph
from desktop.ui.icons import icon_for
from desktop.ui.words import joined, mark, tr, tr_n

MAPS_MAX = 6
_MAP_PX, _SMALL_MAP_PX = 130, 40
_CHECKSUM = mark("SHA-1 of the whole file: other programs tell by it whether a copy is the same")
_FINGERPRINT = mark("Shoal tells by it what is in the file, whatever the file is called")


class Fact(QWidget):
    """A line that may be too long to be seen whole, and a button for it."""

    def __init__(
        self, name: str, shape: str, said: str, act: Callable[[str], object], means: str = ""
    ) -> None:
        """`said` names the button; `means` says what it is for, under the mouse."""
        super().__init__()
        self.setObjectName(name)
        self._shape, self._means = shape, means
        self._value = ""
        self._label = parts.Elided(f"{name}Value", mode=Qt.TextElideMode.ElideMiddle)
        self._button = QToolButton()
        self._button.setObjectName(f"{name}Button")
        self._button.setAccessibleName(said)
        self._button.setProperty("kind", "plain")
        self._button.clicked.connect(lambda: act(self._value))
        row = parts.row(self, spacing=4)
        row.addWidget(self._label, stretch=1)
        row.addWidget(self._button)
        self.redraw()

    @property
    def value(self) -> str:
        return self._value

    def show_value(self, value: str, shown: str = "") -> None:
        if value != self._value:
            self._value = value
            self._label.setText(shown or value)
            self._label.setToolTip("\n".join(filter(None, [shown or value, self._means])))
            self._label.setAccessibleDescription(self._means)
            self._button.setToolTip(self._button.accessibleName())

    def redraw(self) -> None:
        self._button.setIcon(icon_for(self, self._shape, "muted"))


class Overview(QScrollArea):
    def __init__(self, reveal: Callable[[], object]) -> None:
        """`reveal` shows the place on disk."""
        super().__init__()
        self.setObjectName("overviewArea")
        self.setAccessibleName(tr("Overview"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._people = People()
        self._headline = parts.label(name="detailsHeadline")
        self._bar = QProgressBar()
        self._bar.setObjectName("detailsBar")
        self._bar.setAccessibleName(tr("Progress"))
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._how_far = parts.label(name="detailsHowFar", kind="muted")
        self._maps = [PieceMap(f"pieceMap{at}") for at in range(MAPS_MAX)]
        self._map_names = [parts.Elided(f"pieceMapName{at}", kind="muted") for at in range(MAPS_MAX)]
        self._from = parts.label(bold=True)
        self._more = parts.label(name="moreMaps", kind="muted")
        self.legend = Legend()
        self.legend.chosen.connect(self._show_only)
        self.graph = SpeedGraph()
        self._now = parts.label(name="detailsNow", kind="muted")
        self.place = Fact("detailsPlace", "reveal", tr("Show in folder"), lambda _: reveal())
        copy = QGuiApplication.clipboard().setText
        self.sha1 = Fact("detailsSha1", "copy", tr("Copy the checksum"), copy, tr(_CHECKSUM))
        self.root = Fact("detailsRoot", "copy", tr("Copy the fingerprint"), copy, tr(_FINGERPRINT))
        self._group, self._size = parts.Elided("detailsGroup"), parts.Elided("detailsSize")
        self._lay_out()

    def _lay_out(self) -> None:
        body = QWidget()
        body.setObjectName("overview")
        column = parts.column(body, spacing=8, margins=(16, 12, 16, 16))
        column.addWidget(self._headline)
        column.addWidget(self._bar)
        column.addWidget(self._how_far)
        column.addSpacing(8)
        column.addWidget(self._from)
        for name, piece_map in zip(self._map_names, self._maps, strict=True):
            column.addWidget(name)
            column.addWidget(piece_map)
        column.addWidget(self._more)
        column.addWidget(self.legend)
        column.addSpacing(8)
        speed = parts.row(spacing=8)
        speed.addWidget(parts.label(tr("Speed"), bold=True))
        speed.addWidget(self._now, stretch=1)
        column.addLayout(speed)
        column.addWidget(self.graph)
        column.addSpacing(8)
        facts = QGridLayout()
        facts.setHorizontalSpacing(12)
        facts.setVerticalSpacing(2)
        facts.setColumnStretch(1, 1)
        self._facts = [
            (tr("Group"), self._group),
            (tr("Size"), self._size),
            (tr("Place"), self.place),
            (tr("Checksum"), self.sha1),
            (tr("Fingerprint"), self.root),
        ]
        self._fact_names = []
        for row, (said, widget) in enumerate(self._facts):
            label = parts.label(said, kind="muted")
            label.setWordWrap(False)
            self._fact_names.append(label)
            facts.setRowMinimumHeight(row, 26)
            facts.addWidget(label, row, 0)
            facts.addWidget(widget, row, 1)
        column.addLayout(facts)
        column.addStretch(1)
        self.setWidget(body)

    def look_at_another(self) -> None:
        """Colours begin anew."""
        self._people = People()
        self.legend.clear()

    def show_download(self, view: DownloadView, details: DownloadDetails, why: str) -> None:
        self._headline.setText(sayings.headline(view, why))
        self._bar.setValue(1000 if view.state == "C" else amounts.per_mille(view.done, view.size))
        self._how_far.setText(sayings.how_far(view))
        self._bar.setAccessibleDescription(self._how_far.text())
        self._from.setText(tr("Where it came from") if view.state == "C" else tr("Where it comes from"))
        lines = shares(self._people, view, details.peers)
        self._show_maps(details)
        self.legend.show_shares(lines)
        up = sum(peer.up for peer in details.peers if peer.takes)
        self._now.setText(amounts.rates(view.rate, up))
        self._group.setText(amounts.name(view.group))
        files = tr_n("%n files", view.files, one="%n file")
        is_folder = view.files > 1
        self._size.setText(joined([amounts.size(view.size), files]) if is_folder else amounts.size(view.size))
        self.place.show_value(view.path, amounts.name(view.path))
        self.sha1.show_value(details.sha1)
        self.root.show_value(details.root)
        for label, (_, widget) in zip(self._fact_names, self._facts, strict=True):
            is_known = not isinstance(widget, Fact) or bool(widget.value)
            widget.setVisible(is_known)
            label.setVisible(is_known)

    def _show_maps(self, details: DownloadDetails) -> None:
        known = [one for one in details.pieces if sum(cells for cells, _ in one.runs) > 1][:MAPS_MAX]
        for at, (label, piece_map) in enumerate(zip(self._map_names, self._maps, strict=True)):
            piece_map.setVisible(at < len(known))
            label.setVisible(at < len(known) and len(known) > 1)
            if at < len(known):
                piece_map.show_map(known[at], self._people, _MAP_PX if len(known) == 1 else _SMALL_MAP_PX)
                label.setText(amounts.short_name(known[at].name))
        more = details.maps - MAPS_MAX
        self._more.setVisible(more > 0)
        if more > 0:
            self._more.setText(tr_n("and %n more files in work", more, one="and %n more file in work"))

    def _show_only(self, whose: int | None) -> None:
        for piece_map in self._maps:
            piece_map.show_only(whose)

    def redraw(self) -> None:
        """After a change of theme."""
        for fact in (self.place, self.sha1, self.root):
            fact.redraw()
