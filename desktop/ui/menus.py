"""Every act of the window once: its words, key, icon, place in the menus, and whether it is possible now."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QMenu, QStyleOptionMenuItem, QToolButton

from desktop.settings import Kept
from desktop.ui import parts
from desktop.ui.amounts import isolated
from desktop.ui.icons import icon_for
from desktop.ui.languages import LANGUAGES
from desktop.ui.words import mark, tr

APPEARANCES = {"system": mark("As the system"), "light": mark("Light"), "dark": mark("Dark")}


@dataclass(frozen=True)
class Entry:
    menu: str
    name: str = ""
    text: str = ""
    icon: str = ""
    keys: str = ""
    short: str = ""
    """For a button, where the menu gives the rest of the sense."""


ENTRIES = (
    Entry("&Group", "new_group", "&New group…", "plus", "Ctrl+N", "New group"),
    Entry("&Group", "join_group", "&Join a group…", "join", "Ctrl+J", "Join"),
    Entry("&Group", "join_link", "Join by an invite lin&k…", "link", "Ctrl+Shift+J", "Join by link"),
    Entry("&Group", "invite", "In&vite…", "invite", "Ctrl+I", "Invite"),
    Entry("&Group"),
    Entry("&Group", "accept", "&Accept into the group", "check"),
    Entry("&Group", "reject", "&Reject", "cancel"),
    Entry("&Group", "remove_member", "Re&move from the group…", "stop"),
    Entry("&Group", "transfer", "Hand &over the group…", "owner"),
    Entry("&Group"),
    Entry("&Group", "withdraw", "&Withdraw request", "cancel"),
    Entry("&Group", "leave", "&Leave group…", "leave"),
    Entry("&Group"),
    Entry("&Group", "limit_group", "L&imits of the group…", "limit"),
    Entry("&Files", "share_files", "&Share files…", "share", "Ctrl+O", "Share files"),
    Entry("&Files", "share_folder", "Share &folder…", "folder", "Ctrl+Shift+O", "Share folder"),
    Entry("&Files"),
    Entry("&Files", "download", "&Download", "download", "Ctrl+D"),
    Entry("&Files", "download_to", "Download &to…", "", "Ctrl+Shift+D"),
    Entry("&Files", "preview", "Download for pre&view"),
    Entry("&Files"),
    Entry("&Files", "find", "Fi&nd", "search", "Ctrl+F"),
    Entry("&Files", "as_list", "In one &list, or by folder", "list", "Ctrl+Shift+L"),
    Entry("&Files", "who_has", "&Who has it…", "members"),
    Entry("&Files", "older", "Older &versions…", "pending"),
    Entry("&Files", "show_file", "Show in folde&r", "reveal"),
    Entry("&Files"),
    Entry("&Files", "stop_sharing", "St&op sharing", "stop"),
    Entry("&Transfers", "pause", "&Pause", "pause"),
    Entry("&Transfers", "resume", "&Resume or try again", "resume", "", "Resume"),
    Entry("&Transfers", "cancel", "&Cancel or remove from list", "cancel", "", "Cancel"),
    Entry("&Transfers"),
    Entry("&Transfers", "pause_all", "Pause al&l", "pause"),
    Entry("&Transfers", "resume_all", "Resume all", "resume"),
    Entry("&Transfers"),
    Entry("&Transfers", "priority_high", "&Before others"),
    Entry("&Transfers", "priority_normal", "As &others"),
    Entry("&Transfers", "priority_low", "Af&ter others"),
    Entry("&Transfers"),
    Entry("&Transfers", "first", "F&irst to last, for a preview"),
    Entry("&Transfers", "rarest", "R&arest first, best for all"),
    Entry("&Transfers"),
    Entry("&Transfers", "verify", "Check &what was downloaded", "check"),
    Entry("&Transfers", "unshare", "Stop &sharing it", "stop"),
    Entry("&Transfers", "reveal", "Show in &folder", "reveal"),
    Entry("&Transfers", "details", "&Details", "details", "Alt+Return"),
    Entry("&Transfers"),
    Entry("&Transfers", "limits", "&Limits…", "limit"),
    Entry("&Account", "change_password", "&Change password…", "account"),
    Entry("&Account", "devices", "De&vices…", "device"),
    Entry("&Account", "log_out", "&Log out", "leave"),
    Entry("&Account", "delete_account", "&Delete account…", "stop"),
    Entry("&Account"),
    Entry("&Account", "check_network", "Check my net&work…", "tracker"),
    Entry("&Account", "preferences", "&Preferences…", "settings", "Ctrl+,"),
    Entry("&Account"),
    Entry("&Account", "quit", "&Quit Shoal", "", "Ctrl+Q"),
    Entry("&View", "command", "&Command bar", "", "Ctrl+K"),
    Entry("&View"),
    Entry("&View", "to_groups", "To the &groups", "", "Ctrl+1"),
    Entry("&View", "to_files", "To the &files", "", "Ctrl+2"),
    Entry("&View", "to_transfers", "To the &transfers", "", "Ctrl+3"),
    Entry("&View", "to_details", "To the &details", "", "Ctrl+4"),
    Entry("&View"),
    Entry("&Help", "keys", "&Keyboard shortcuts…", "", "F1"),
)


def plain(text: str) -> str:
    """What a menu has, for a button: without the key to it, and the dots of what asks more."""
    return re.sub(r"\(&.\)|&", "", text).rstrip("…")


class Menu(QMenu):
    """Its keys keep their order among words from right to left, where `Ctrl+,` would be `,+Ctrl`."""

    def initStyleOption(self, option: QStyleOptionMenuItem, action: QAction) -> None:
        super().initStyleOption(option, action)
        text, tab, keys = option.text.partition("\t")
        if tab:
            option.text = f"{text}\t{isolated(keys)}"


class Menus(QObject):
    def __init__(self, window: QMainWindow, kept: Kept, change: Callable[..., object]) -> None:
        """`change` is that of the desk: it says so where the disk fails."""
        super().__init__(window)
        self._window = window
        self._kept, self._change = kept, change
        self._actions: dict[str, QAction] = {}
        self._entries = {entry.name: entry for entry in ENTRIES}
        self.of: dict[str, QMenu] = {}
        """The menus of the bar, by their titles without &."""
        for entry in ENTRIES:
            title = entry.menu.replace("&", "")
            menu = self.of.get(title) or self._add_menu(title, tr(entry.menu))
            if entry.name:
                action = QAction(tr(entry.text), window)
                action.setObjectName(entry.name)
                action.setIconText(tr(entry.short) or plain(tr(entry.text)))
                action.setShortcut(QKeySequence(entry.keys))
                self._actions[entry.name] = action
                menu.addAction(action)
            else:
                menu.addSeparator()
        view = self.of["View"]
        looks = view.addMenu(tr("&Colours"))
        self._add_choice(looks, "appearance", {name: tr(text) for name, text in APPEARANCES.items()})
        spoken = view.addMenu(tr("Lan&guage"))
        self._add_choice(spoken, "language", {"system": tr("As the system"), **LANGUAGES})
        self.redraw()

    def _add_menu(self, title: str, text: str) -> QMenu:
        self.of[title] = menu = Menu(text, self._window)
        self._window.menuBar().addMenu(menu)
        return menu

    def _add_choice(self, menu: QMenu, setting: str, texts: Mapping[str, str]) -> None:
        one_of = QActionGroup(self)

        def check() -> None:
            for action in one_of.actions():
                action.setChecked(action.data() == getattr(self._kept.now, setting))

        def choose(name: str) -> None:
            self._change(**{setting: name})
            check()  # as it was, where it could not be kept

        for name, text in texts.items():
            action = menu.addAction(text)
            action.setObjectName(f"{setting}_{name}")
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, name=name: choose(name))
            action.setData(name)
            one_of.addAction(action)
        check()
        self._kept.on_change(check)

    def connect_to(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """One for each entry; the panes, which have these to show, are made before there is one."""
        for name, action in self._actions.items():
            action.triggered.connect(lambda _=False, slot=slots[name]: slot())

    def action(self, name: str) -> QAction:
        return self._actions[name]

    def button(self, name: str, *, plain: bool = False) -> QAbstractButton:
        """`plain`: only its icon, without a frame."""
        action = self._actions[name]
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(action.iconText() + (f" ({isolated(keys)})" if keys else ""))
        if plain:
            button: QAbstractButton = QToolButton()
            button.setProperty("kind", "plain")
            button.setObjectName(f"{name}Button")
            button.setAccessibleName(action.iconText())
        else:
            button = parts.push_button(f"{name}Button", action.iconText())
        button.setToolTip(action.toolTip())
        button.clicked.connect(action.trigger)

        def follow() -> None:
            button.setEnabled(action.isEnabled())
            button.setIcon(action.icon())

        action.changed.connect(follow)
        follow()
        return button

    def popup(self, names: Iterable[str], at: QPoint) -> None:
        """Those of `names` that are possible now; an empty name is a separator."""
        menu = Menu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in names:
            if not name:
                menu.addSeparator()
            elif self._actions[name].isEnabled():
                menu.addAction(self._actions[name])
        if not menu.isEmpty():
            menu.popup(at)

    def allow(self, names: set[str]) -> None:
        for name, action in self._actions.items():
            action.setEnabled(name in names)

    def redraw(self) -> None:
        """After a change of theme."""
        for name, action in self._actions.items():
            if shape := self._entries[name].icon:
                action.setIcon(icon_for(self._window, shape))
