"""The page of the trackers: which there are, and whether each can be reached."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QWidget

from desktop.engine.network_views import ServiceView
from desktop.engine.views import HostView, StatusView
from desktop.ui import parts
from desktop.ui.amounts import isolated, name
from desktop.ui.desk import Desk, worded
from desktop.ui.dialogs import ask_paths
from desktop.ui.preferences.fields import Page, note
from desktop.ui.tracker_rows import FRAME_PX, TrackersView
from desktop.ui.words import joined, tr
from shared.errors import ShoalError


class ToStay(QWidget):
    """What an administrator has to type, to be copied."""

    def __init__(self) -> None:
        super().__init__()
        self._command = QLineEdit(readOnly=True)
        self._command.setObjectName("toStay")
        self._command.setAccessibleName(tr("Command for an administrator"))
        self._command.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        copy = parts.push_button("copyToStay", tr("Copy"))
        copy.setAccessibleName(tr("Copy the command"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._command.text()))
        line = parts.row(spacing=8)
        line.addWidget(self._command, stretch=1)
        line.addWidget(copy)
        column = parts.column(self, spacing=6)
        column.addWidget(
            note(tr("It stops when you log out of this computer, unless this is typed in a terminal once:"))
        )
        column.addLayout(line)

    def show_command(self, command: str) -> None:
        self._command.setText(command)
        self._command.setCursorPosition(0)
        self.setVisible(bool(command))


class TrackersPage(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__("trackersPage", desk)
        self._list = TrackersView("trackerList", tr("Trackers"), frame_px=FRAME_PX)
        self._where = note(name="network")
        self._own = parts.push_button("useOwnTracker", tr("Use the one of this computer"))
        self._own.clicked.connect(lambda: self._use(None))
        file = parts.push_button("useTrackerFile", tr("Use a tracker file…"))
        file.clicked.connect(self._choose)
        buttons = QWidget()
        row = parts.row(buttons, spacing=8)
        row.addWidget(file)
        row.addWidget(self._own)
        row.addStretch()
        self.section(tr("Trackers"), self._list, self._where, buttons)
        self._hosts = QCheckBox(tr("Other computers may use the tracker of this one"))
        self._hosts.setObjectName("hostOnNetwork")
        self._hosts.setAccessibleName(self._hosts.text())
        self._hosts.clicked.connect(self._host)
        self._hosting = note(name="hosting")
        desk.kept.on_change(self._show_where)
        self._service = QCheckBox(tr("Keep it running while Shoal is closed"))
        self._service.setObjectName("trackerService")
        self._service.setAccessibleName(self._service.text())
        self._service.clicked.connect(self._serve)
        self._serving = note(name="serving")
        self._to_stay = ToStay()
        here = (self._hosts, self._hosting, self._service, self._serving, self._to_stay)
        self.section(tr("On this computer"), *here)

    def refresh(self) -> None:
        self._show_where()
        self._show_service(self.desk.engine.tracker_service())
        self.desk.runner.run(self.desk.engine.hosting(), self._show_hosting, lambda _: None)

    def _show_where(self) -> None:
        file = self.desk.settings.tracker_info
        said = tr("Shoal runs a tracker of its own on this computer.")
        if file is not None:
            said = tr("They are those of {file}.", file=name(file.name))
        self._where.setText(said)
        self._where.setToolTip(name(str(file)) if file else "")
        self._own.setVisible(file is not None)

    def show_status(self, status: StatusView) -> None:
        self._list.show_trackers(status.trackers)

    def _choose(self) -> None:
        one = QFileDialog.FileMode.ExistingFile
        ask_paths(self, tr("Use a tracker file"), one, lambda paths: self._use(paths[0]))

    def _use(self, file: Path | None) -> None:
        """Who is logged in is so there no more, or again, if they were before."""
        self.desk.run(self.desk.engine.use_network(file), "", "use_network")

    def _host(self, on: bool) -> None:
        self._hosts.setEnabled(False)
        self._hosting.setText(tr("One moment…"))
        self.desk.runner.run(self.desk.engine.host_on_network(on=on), self._show_hosting, self._failed)

    def _serve(self, on: bool) -> None:
        self._service.setEnabled(False)
        self._serving.setText(tr("One moment…"))
        self.desk.runner.run(self.desk.engine.serve_tracker(on=on), self._show_service, self._failed)

    def _show_service(self, view: ServiceView) -> None:
        """Where it cannot be one nothing is said of it, but for one that is."""
        for widget in (self._service, self._serving):
            widget.setVisible(view.possible or view.on)
        self._service.setEnabled(True)
        self._service.setChecked(view.on)
        said = tr("The system then runs it. It stays the same tracker, so that links and accounts stay good.")
        if view.on:
            said = tr("The system runs it, as {service}.", service=isolated(view.name))
        self._serving.setText(said)
        self._to_stay.show_command(view.to_stay if view.on else "")

    def _failed(self, error: ShoalError) -> None:
        self.desk.notices.fail(worded(error))
        self.refresh()

    def _show_hosting(self, view: HostView) -> None:
        self._hosts.setEnabled(True)
        self._hosts.setChecked(view.on)
        places = joined(isolated(address) for address in view.addresses)
        if not view.on:
            said = tr("Only this computer uses it.")
        elif view.reachable:
            said = tr("They find it at {addresses}; invite links say so.", addresses=places)
        else:
            said = tr("They may not come through: {why}", why=tr(view.why))
        self._hosting.setText(said)
