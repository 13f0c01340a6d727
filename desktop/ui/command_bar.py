"""Ctrl+K: the prompt's commands in a line at the foot of the window, completed, with a history."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QFontDatabase, QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit, QListView, QPlainTextEdit, QWidget
from shiboken6 import isValid

from desktop.ui import parts
from desktop.ui.desk import Desk, worded
from desktop.ui.rows import RowDelegate
from desktop.ui.runner import Asked, Running
from desktop.ui.words import tr
from shared.errors import ShoalError

HISTORY_MAX = 200
_ROWS_MAX = 10
_MASK = "••• "


class CommandLine(Protocol):
    """The prompt's commands. See desktop.console.one_line."""

    def run(self, line: str, secrets: Sequence[str] = ()) -> Coroutine[Any, Any, list[str]]: ...
    def offered(self, line: str) -> Coroutine[Any, Any, list[str]]: ...
    def hidden(self, line: str) -> tuple[int, list[str], int]: ...
    def kept(self, line: str) -> bool: ...
    def ends(self, line: str) -> bool: ...
    def meant(self, line: str) -> tuple[str, dict[str, str]]: ...


class CommandBar(QFrame):
    """Hidden until it is opened. Secrets are typed one after another, each masked, behind what was typed
    before them; they are in no history."""

    def __init__(self, desk: Desk, commands: CommandLine, end: Callable[[], object]) -> None:
        """`end` ends the program."""
        super().__init__()
        self.setObjectName("commandBar")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # commands are written so in every language
        self._desk, self._commands, self._end = desk, commands, end
        self._history: list[str] = []
        self._at = 0
        self._before = ""
        """Of a command with secrets, what was typed before them."""
        self._secrets: list[str] = []
        self._missing = 0
        self._running: Running | None = None
        self._back: QWidget | None = None
        """What had the keys before. It may be gone by the time they are given back."""
        self.out = QPlainTextEdit(readOnly=True)
        self.out.setObjectName("commandOut")
        self.out.setAccessibleName(tr("What the command says"))
        self.out.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.out.hide()
        self._sign = parts.label(">", kind="muted", bold=True)
        self._typed = parts.label(name="commandTyped", bold=True)
        self.edit = QLineEdit()
        self.edit.setObjectName("command")
        self.edit.installEventFilter(self)
        self._offers = QStringListModel(self)
        self._completer = QCompleter(self._offers, self)
        self._popup = QListView()
        self._completer.setPopup(self._popup)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._popup.setItemDelegate(RowDelegate(self._popup))
        self._popup.setObjectName("choices")
        self._popup.setAccessibleName(tr("How it may go on"))
        self._completer.setMaxVisibleItems(_ROWS_MAX)
        self._completer.setWidget(self.edit)
        self._completer.activated.connect(self._take)
        line = parts.row(spacing=8, margins=(16, 6, 12, 6))
        for widget in (self._sign, self._typed):
            line.addWidget(widget)
        line.addWidget(self.edit, stretch=1)
        column = parts.column(self)
        column.addWidget(self.out)
        column.addLayout(line)
        self._asked = Asked(desk.runner, self._ask)
        self.edit.textEdited.connect(self._edited)
        self.edit.returnPressed.connect(self._entered)
        self._clear()
        self.hide()

    def open(self) -> None:
        self._back = self._back or self.window().focusWidget()
        self.show()
        self.edit.setFocus()

    def keep_keys(self) -> None:
        """Another page came, as by a command, and has taken them: it has them when this is closed."""
        self._back = self.window().focusWidget()
        self.edit.setFocus()

    def close_bar(self) -> None:
        self._clear()
        self.out.hide()
        self.hide()
        if self._back and isValid(self._back):
            self._back.setFocus()
        self._back = None

    def stop(self) -> None:
        self._asked.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(Qt.Key(event.key())) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        """Whether it was one of ours."""
        match key:
            case Qt.Key.Key_Escape:
                self._escape()
            case Qt.Key.Key_Tab if self.edit.text() and not self._missing:
                self._complete()
            case Qt.Key.Key_Up | Qt.Key.Key_Down if not self._missing:
                self._remember(-1 if key == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_Backspace if self._before and not self.edit.text():
                self._clear(self._before.rstrip())
            case _:
                return False
        return True

    def _escape(self) -> None:
        """First ends what runs, then closes."""
        if self._running:
            self._running.cancel()
            self._running = None
            self._say([tr("Stopped")])
        else:
            self.close_bar()

    # --- what is typed -----------------------------------------------------------------------------

    def _edited(self, text: str) -> None:
        if self._missing:
            return
        begins, secrets, count = self._commands.hidden(text)
        if count:
            self._popup.hide()
            self._before, self._secrets = text[:begins], secrets[:-1]
            self._missing = count - len(self._secrets)
            self._typed.setText(self._before + _MASK * len(self._secrets))
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
            self.edit.setText(secrets[-1])
            self._tell()
        else:
            if not any(text != line and line.startswith(text) for line in self._offers.stringList()):
                self._popup.hide()  # at once: Return is for what was typed now
            self._asked.now()

    def _ask(self) -> None:
        line = self.edit.text()
        if line and not self._missing:
            self._asked.run(self._commands.offered(line), lambda lines: self._offer(line, lines), _no_offers)

    def _offer(self, line: str, lines: list[str]) -> None:
        self._offers.setStringList(lines)
        if line == self.edit.text() and lines and lines != [line] and self.edit.hasFocus():
            self._completer.complete()
        else:
            self._popup.hide()

    def _complete(self) -> None:
        """The chosen offer, or as much as all offers have in common."""
        chosen, lines = self._popup.currentIndex(), self._offers.stringList()
        if self._popup.isVisible() and chosen.isValid():
            self._take(str(chosen.data()))
        elif len(lines) == 1:
            self._take(lines[0])
        elif lines and len(common := _common(lines)) > len(self.edit.text()):
            self.edit.setText(common)

    def _take(self, line: str) -> None:
        self.edit.setText(line + " ")
        self._popup.hide()
        self._edited(line + " ")

    def _remember(self, step: int) -> None:
        self._at = min(max(self._at + step, 0), len(self._history))
        self.edit.setText(self._history[self._at] if self._at < len(self._history) else "")

    # --- what is run -------------------------------------------------------------------------------

    def _entered(self) -> None:
        if self._popup.isVisible() and self._popup.currentIndex().isValid():
            return  # it takes the offer
        if self._missing:
            self._secrets.append(self.edit.text())
            self._missing -= 1
            self.edit.clear()
            if self._missing:
                self._typed.setText(self._typed.text() + _MASK)
                self._tell()
                return
        line, secrets = self._before or self.edit.text().strip(), self._secrets
        if line and not self._running:
            self._run(line, secrets)

    def _run(self, line: str, secrets: list[str]) -> None:
        if not secrets and self._commands.kept(line):
            self._history = [*(one for one in self._history if one != line), line][-HISTORY_MAX:]
        self._clear()
        if self._commands.ends(line):
            self._end()
            return

        def failed(error: ShoalError) -> None:
            command, arguments = self._commands.meant(line)
            self._ran([worded(error, command, **arguments)])

        self._say([tr("Running…")])
        self._running = self._desk.runner.run(self._commands.run(line, secrets), self._ran, failed)

    def _ran(self, lines: list[str]) -> None:
        self._running = None
        self._say(lines)

    def _say(self, lines: list[str]) -> None:
        self.out.setPlainText("\n".join(lines))
        rows = min(self.out.document().blockCount(), _ROWS_MAX)
        self.out.setFixedHeight(self.out.fontMetrics().lineSpacing() * rows + 24)
        self.out.show()

    def _clear(self, text: str = "") -> None:
        self._before, self._secrets, self._missing = "", [], 0
        self._at = len(self._history)
        self._typed.clear()
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal)
        self.edit.setText(text)
        self._popup.hide()
        self._tell()

    def _tell(self) -> None:
        self._typed.setVisible(bool(self._typed.text()))
        said = tr("Password, then Enter") if self._missing else tr("Command")
        self.edit.setAccessibleName(said)
        hint = tr("A command, such as help. Tab completes, Up brings back, Escape closes")
        self.edit.setPlaceholderText(said if self._missing else hint)


def _common(lines: list[str]) -> str:
    first, last = min(lines), max(lines)
    same = next((at for at, letter in enumerate(first) if at >= len(last) or letter != last[at]), len(first))
    return first[:same]


def _no_offers(_: ShoalError) -> None:
    """Then one has to type it."""
