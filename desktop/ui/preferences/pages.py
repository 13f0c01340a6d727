"""The pages of the preferences but that of the trackers."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QFileDialog, QSystemTrayIcon, QWidget

from desktop.autostart import IS_POSSIBLE, Autostart
from desktop.engine.views import StatusView
from desktop.ui import parts
from desktop.ui.amounts import isolated, name
from desktop.ui.desk import Desk, worded
from desktop.ui.dialogs import ask_paths
from desktop.ui.languages import LANGUAGES
from desktop.ui.menus import APPEARANCES
from desktop.ui.preferences.fields import FIELD_PX, OneOf, Page, Tick, note
from desktop.ui.words import mark, tr
from desktop.wording import sentence
from shared.errors import DiskError

CLOSING = {
    "ask": mark("Ask me"),
    "stay": mark("Keep sharing from the system tray"),
    "quit": mark("Quit Shoal"),
}
DENSITIES = {"comfortable": mark("Comfortable"), "compact": mark("Compact: more rows at a time")}
EVERY_ADDRESS = "0.0.0.0"  # noqa: S104  peers are to reach it


class GeneralPage(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__("generalPage", desk)
        closing = tr("When the window is closed")
        self._closing = OneOf(desk, "tray", closing, CLOSING)
        self._no_tray = note(tr("This system has no tray, so closing the window quits Shoal."))
        self.section(closing, self._closing, self._no_tray)
        self._start = QCheckBox(tr("Start Shoal in the tray when I log in to this computer"))
        self._start.setObjectName("autostart")
        self._start.setAccessibleName(self._start.text())
        self._start.clicked.connect(self._set_start)
        self._autostart = Autostart(desk.kept.profile) if IS_POSSIBLE and desk.kept.profile else None
        if self._autostart:
            self.section(tr("Starting"), self._start)
        self.section(
            tr("Notify me while the window is not in front"),
            Tick(desk, "notify_requests", tr("When somebody asks to join a group of mine")),
            Tick(desk, "notify_downloads", tr("When downloads end")),
        )

    def refresh(self) -> None:
        has_tray = QSystemTrayIcon.isSystemTrayAvailable()
        self._closing.setEnabled(has_tray)
        self._no_tray.setVisible(not has_tray)
        if self._autostart:
            self._start.setChecked(self._autostart.is_on)

    def _set_start(self, on: bool) -> None:
        assert self._autostart is not None
        try:
            self._autostart.turn(on=on)
        except OSError as error:
            self.desk.notices.fail(worded(DiskError(sentence(error))))
        self.refresh()


class FoldersPage(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__("foldersPage", desk)
        self._folder = parts.Elided("downloadFolder")
        change = parts.push_button("changeFolder", tr("Change…"))
        change.setAccessibleName(tr("Change the folder for downloads"))
        change.clicked.connect(self._choose)
        line = QWidget()
        row = parts.row(line, spacing=12)
        row.addWidget(self._folder, stretch=1)
        row.addWidget(change)
        ask = Tick(desk, "ask_where", tr("Ask for a folder before each download"))
        self.section(tr("Downloads go to"), line, ask)
        desk.kept.on_change(self.refresh)

    def refresh(self) -> None:
        folder = str(self.desk.settings.download_dir)
        self._folder.setText(name(folder))
        self._folder.setToolTip(name(folder))

    def _choose(self) -> None:
        then = lambda paths: self.desk.change(download_dir=paths[0])  # noqa: E731
        folder, now = QFileDialog.FileMode.Directory, self.desk.settings.download_dir
        ask_paths(self, tr("Downloads go to"), folder, then, now)


class NetworkPage(Page):
    def __init__(self, desk: Desk, limits: Callable[[], object]) -> None:
        super().__init__("networkPage", desk)
        self._port = parts.spin_box(65535)
        self._port.setObjectName("port")
        self._port.setAccessibleName(tr("Port on which others reach this computer"))
        self._port.setSpecialValueText(tr("Any free one"))
        self._port.setMinimumSize(140, FIELD_PX)
        self._port.editingFinished.connect(self._set_port)
        self._now = note(name="listening")
        line = QWidget()
        row = parts.row(line)
        row.addWidget(self._port)
        row.addStretch()
        later = note(tr("A change takes effect at the next start."))
        self.section(tr("Port on which others reach this computer"), line, self._now, later)
        button = parts.push_button("changeLimits", tr("Limits…"))
        button.clicked.connect(limits)
        beside = QWidget()
        row = parts.row(beside)
        row.addWidget(button)
        row.addStretch()
        self._lan = QCheckBox(tr("Do not limit my own network"))
        self._lan.setObjectName("lanExempt")
        self._lan.setAccessibleName(self._lan.text())
        self._lan.clicked.connect(self._set_lan)
        self.section(tr("Speeds"), beside, self._lan)

    def refresh(self) -> None:
        listen = self.desk.settings.listen
        self._port.setValue(listen[1] if listen else 0)
        self._lan.setChecked(self.desk.engine.limits().lan_exempt)
        self._tell(self.desk.engine.listen)

    def show_status(self, status: StatusView) -> None:
        self._tell(status.listen)

    def _tell(self, listen: str) -> None:
        self._now.setText(tr("At present it is {address}.", address=isolated(listen)))

    def _set_port(self) -> None:
        listen = self.desk.settings.listen
        if self._port.value() != (listen[1] if listen else 0):
            self.desk.change(listen=(listen[0] if listen else EVERY_ADDRESS, self._port.value()))

    def _set_lan(self, on: bool) -> None:
        self.desk.do(self.desk.engine.limit_lan, "", exempt=on)


class AppearancePage(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__("appearancePage", desk)
        colours, density = tr("Colours"), tr("Lists")
        self.section(colours, OneOf(desk, "appearance", colours, APPEARANCES))
        self.section(density, OneOf(desk, "density", density, DENSITIES))
        self._languages = parts.combo_box("language", tr("Language"))
        self._languages.setMinimumSize(200, FIELD_PX)
        self._languages.addItem(tr("As the system"), "system")
        for code, said in LANGUAGES.items():
            self._languages.addItem(said, code)
        self._languages.activated.connect(lambda: desk.change(language=self._languages.currentData()))
        line = QWidget()
        row = parts.row(line)
        row.addWidget(self._languages)
        row.addStretch()
        self.section(tr("Language"), line)

    def refresh(self) -> None:
        self._languages.setCurrentIndex(self._languages.findData(self.desk.settings.language))
