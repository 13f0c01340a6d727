"""Check my network: what others and this computer need of each other, and what to do where it is not well."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from desktop.engine.network_views import NetworkCheck
from desktop.ui import amounts, parts
from desktop.ui.desk import Desk, worded
from desktop.ui.icons import icon_for
from desktop.ui.runner import Running
from desktop.ui.words import tr, tr_n
from shared.errors import ShoalError
from shared.limits import CLOCK_OFF_S_MAX

SIZE = QSize(500, 380)
FREE_BYTES_MIN = 2_000_000_000
"""Less than that is worth a word."""
_FAR_S = 0.5


class Finding(NamedTuple):
    """One line: what it is about, whether it is well, and what it says or what is to be done."""

    name: str
    is_well: bool
    said: str


def findings(check: NetworkCheck) -> list[Finding]:
    return [_trackers(check), _port(check), _firewall(check), _clock(check), _disk(check)]


def _trackers(check: NetworkCheck) -> Finding:
    name = tr("Trackers")
    if not check.reachable:
        return Finding(name, False, tr("None answers. Is this computer online, and does your tracker run?"))
    if check.reachable < check.trackers:
        said = tr_n(
            "{some} of %n trackers answer. It works all the same; tell who runs the others.",
            check.trackers,
            one="{some} of %n tracker answers.",
            some=amounts.number(check.reachable),
        )
        return Finding(name, False, said)
    if check.rtt is not None and check.rtt > _FAR_S:
        return Finding(name, False, tr("It answers slowly: the way to it is bad, or it is far away."))
    return Finding(name, True, tr_n("All %n answer.", check.trackers, one="It answers."))


def _port(check: NetworkCheck) -> Finding:
    match check.port:
        case "reached":
            said = tr("Others reach you at port {port}.")
        case "same":
            said = tr(
                "You take connections at port {port}. Your tracker is on this computer, so it cannot tell "
                "whether others get here."
            )
        case "local":
            said = tr(
                "Only programs on this computer reach you. To exchange files with others, let other "
                "computers use the tracker of this one, in the preferences, or give Shoal an address of your "
                "network to listen at."
            )
        case "unknown":
            said = tr("No tracker could try it now. Log in, and check again in a moment.")
        case _:
            said = tr(
                "Others do not reach you at port {port}. You exchange files with those whom you reach; two "
                "of whom neither is reached exchange nothing."
            )
    return Finding(tr("Your port"), check.port in ("reached", "same"), said.format(port=_port_of(check)))


def _firewall(check: NetworkCheck) -> Finding:
    match check.port:
        case "refused":
            said = tr("The router sends TCP port {port} elsewhere. Forward it to this computer.")
        case "timeout" | "unreachable":
            said = tr(
                "Something lets nothing through. Allow TCP port {port} in the firewall of this computer, and "
                "forward it in the router."
            )
        case "reached":
            said = tr("Nothing is in the way.")
        case "local":
            said = tr("They do not matter as long as only this computer reaches you.")
        case _:
            said = tr("Nothing is known to be in the way. What others need is TCP port {port}.")
    is_well = check.port not in ("refused", "timeout", "unreachable")
    return Finding(tr("Firewall and router"), is_well, said.format(port=_port_of(check)))


def _port_of(check: NetworkCheck) -> str:
    return amounts.isolated(check.listen.rpartition(":")[2])


def _clock(check: NetworkCheck) -> Finding:
    name, off = tr("Clock"), check.clock_off_s
    if off is None or not check.reachable:
        return Finding(name, False, tr("No tracker was there to compare it with."))
    span = amounts.span(round(abs(off)))
    if abs(off) > CLOCK_OFF_S_MAX:
        ahead = tr("It is {time} ahead. Let the system set it.")
        behind = tr("It is {time} behind. Let the system set it.")
        return Finding(name, False, (ahead if off > 0 else behind).format(time=span))
    if abs(off) < 1:
        return Finding(name, True, tr("It agrees with the tracker's to a second."))
    return Finding(name, True, tr("It is {time} off, which does no harm.", time=span))


def _disk(check: NetworkCheck) -> Finding:
    name, folder = tr("Disk"), amounts.path(check.folder)
    if check.free is None:
        said = tr(
            "The folder for downloads, {folder}, is not there. Choose another in the preferences.",
            folder=folder,
        )
        return Finding(name, False, said)
    free = amounts.size(check.free)
    if check.free < FREE_BYTES_MIN:
        said = tr(
            "Only {size} are free in {folder}. Make room, or choose another folder in the preferences.",
            size=free,
            folder=folder,
        )
        return Finding(name, False, said)
    return Finding(name, True, tr("{size} are free in {folder}.", size=free, folder=folder))


class CheckDialog(QDialog):
    _found: NetworkCheck | None = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self.setObjectName("networkCheck")
        self.setWindowTitle(tr("Check my network"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(SIZE)
        self._desk = desk
        self._running: Running | None = None
        self.finished.connect(self._give_up)
        self._head = parts.label(name="checkHead", bold=True, scale=1.15)
        self._lines = QWidget()
        self._findings: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(*parts.NONE)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        self._again = parts.push_button("checkAgain", tr("Check again"))
        self._again.clicked.connect(self.check)
        close = parts.push_button("closeCheck", tr("Close"))
        close.clicked.connect(self.accept)
        close.setDefault(True)
        buttons = parts.row(spacing=8)
        buttons.addStretch(1)
        buttons.addWidget(self._again)
        buttons.addWidget(close)
        column = parts.column(self, spacing=14, margins=(20, 18, 20, 16))
        column.addWidget(self._head)
        column.addWidget(self._lines)
        column.addStretch(1)
        column.addLayout(buttons)
        self.check()

    @property
    def said(self) -> list[str]:
        """The sentence of each line."""
        return [label.text() for label in self._lines.findChildren(QLabel, "finding")]

    def check(self) -> None:
        self._again.setEnabled(False)
        self._head.setText(tr("Checking…"))
        look = self._desk.engine.check_network(self._desk.settings.download_dir)
        self._running = self._desk.runner.run(look, self._show, self._failed)

    def _give_up(self) -> None:
        """What was under way has nobody to answer to."""
        if self._running:
            self._running.cancel()

    def _failed(self, error: ShoalError) -> None:
        self._again.setEnabled(True)
        self._head.setText(worded(error))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and self._found:
            self._draw(findings(self._found))  # with no widget made or gone: Qt is about to tell them, too
        super().changeEvent(event)

    def _show(self, check: NetworkCheck) -> None:
        self._found = check
        self._again.setEnabled(True)
        found = findings(check)
        bad = sum(not one.is_well for one in found)
        said = tr_n("%n things could be better", bad, one="%n thing could be better")
        self._head.setText(said if bad else tr("All is well"))
        for row, one in enumerate(found):
            if row == len(self._findings):
                self._findings.append(self._add(row, one.name))
            _, words = self._findings[row]
            words.setText(one.said)
        self._draw(found)

    def _draw(self, found: list[Finding]) -> None:
        for (picture, _), one in zip(self._findings, found, strict=True):
            shape, colour = ("good", "good") if one.is_well else ("failed", "warn")
            picture.setPixmap(icon_for(self, shape, colour).pixmap(20, 20))
            picture.setAccessibleName(tr("well") if one.is_well else tr("could be better"))

    def _add(self, row: int, name: str) -> tuple[QLabel, QLabel]:
        """A line's picture and its sentence."""
        picture, said, words = QLabel(), parts.label(name="finding"), QWidget()
        column = parts.column(words, spacing=2)
        column.addWidget(parts.label(name, bold=True))
        column.addWidget(said)
        self._grid.addWidget(picture, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words, row, 1)
        return picture, said
