"""The page of the trackers: which there are, and whether each can be reached."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from desktop.engine.views import HostView, StatusView
from desktop.ui import parts
from desktop.ui.amounts import isolated, name
from desktop.ui.desk import Desk, worded
from desktop.ui.preferences.fields import Page, note
from desktop.ui.tracker_rows import FRAME_PX, TrackersView
from desktop.ui.words import joined, tr
from shared.errors import ShoalError


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
        self.section(tr("On this computer"), self._hosts, self._hosting)

    def refresh(self) -> None:
        self._show_where()
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
        dialog = QFileDialog(self, tr("Use a tracker file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.filesSelected.connect(lambda paths: self._use(Path(paths[0])))
        dialog.open()

    def _use(self, file: Path | None) -> None:
        """Who is logged in is so there no more, or again, if they were before."""
        self.desk.run(self.desk.engine.use_network(file), "", "use_network")

    def _host(self, on: bool) -> None:
        self._hosts.setEnabled(False)
        self._hosting.setText(tr("One moment…"))
        self.desk.runner.run(self.desk.engine.host_on_network(on=on), self._show_hosting, self._failed)

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
