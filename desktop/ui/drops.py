"""Files dragged in from outside, onto a group's row or anywhere else for the group on show; and out of the
list of files, onto Transfers."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from desktop.engine.transfer_views import Weighed
from desktop.engine.views import GroupView
from desktop.ui import amounts
from desktop.ui.empty_state import DropOverlay
from desktop.ui.files.acts import FileActs
from desktop.ui.files.drag_picture import named
from desktop.ui.files.drags import Chosen, chosen_in, weight
from desktop.ui.groups.pane import GroupsPane
from desktop.ui.words import tr, tr_n

Weigh = Callable[[list[Path], Callable[[Weighed], object]], object]
"""Calls back with how much the paths are."""


class Drops(QObject):
    def __init__(
        self,
        area: QWidget,
        groups: GroupsPane,
        overlay: DropOverlay,
        share: Callable[[list[Path], str], None],
        weigh: Weigh,
    ) -> None:
        """`area` holds `groups` and the widget that `overlay` lies over."""
        super().__init__(area)
        self._area = area
        self._groups = groups
        self._overlay = overlay
        self._share = share
        self._weigh = weigh
        self._dragged: list[Path] = []
        """Whose weight is asked for, or known."""
        self._weighed: Weighed | None = None
        self._say: Callable[[], object] = lambda: None
        """What the overlay says, with the weight that is known by then."""
        self._transfers: QWidget | None = None
        self._acts: FileActs | None = None
        area.setAcceptDrops(True)
        area.installEventFilter(self)

    def take(self, transfers: QWidget, acts: FileActs) -> None:
        """What is dragged from the files to `transfers` is downloaded."""
        self._transfers, self._acts = transfers, acts

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragMoveEvent):  # a QDragEnterEvent is one too
            self._over(event)
            return True
        if isinstance(event, QDropEvent):
            self._dropped(event)
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._end()
        return super().eventFilter(watched, event)

    def _over(self, event: QDragMoveEvent) -> None:
        if chosen := chosen_in(event.mimeData()):
            self._over_transfers(event, chosen)
            return
        paths = _paths(event)
        if not paths:
            event.ignore()
            return
        group = self._target(event.position().toPoint())
        welcome = group is not None and group.mine != "pending"
        self._say = partial(self._show, _invitation(paths, group), welcome=welcome)
        self._ask_weight(paths)
        self._say()
        # Accepted even where a drop does nothing: the overlay tells why, and moves keep coming.
        event.acceptProposedAction()

    def _show(self, text: str, *, welcome: bool) -> None:
        found = self._weighed if welcome else None
        if found and not (found.files or found.more):
            text, welcome = tr("There is nothing in it that can be shared"), False
        self._overlay.say(text, welcome=welcome, more=said_weight(found) if found and welcome else "")

    def _ask_weight(self, paths: list[Path]) -> None:
        """Once for a drag."""
        if paths == self._dragged:
            return
        self._dragged, self._weighed = paths, None

        def weighed(answer: Weighed) -> None:
            if paths is self._dragged:
                self._weighed = answer
                self._say()

        self._weigh(paths, weighed)

    def _over_transfers(self, event: QDragMoveEvent, chosen: list[Chosen]) -> None:
        transfers = self._at_transfers(event)
        if transfers is None:
            self._overlay.hide()
            event.ignore()
            return
        self._overlay.say(
            tr("Download {name}", name=named(chosen)), more=weight(chosen), over=transfers, shape="download"
        )
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def _at_transfers(self, event: QDropEvent) -> QWidget | None:
        widget = self._transfers
        if widget and widget.rect().contains(widget.mapFrom(self._area, event.position().toPoint())):
            return widget
        return None

    def _dropped(self, event: QDropEvent) -> None:
        self._end()
        if chosen := chosen_in(event.mimeData()):
            if self._at_transfers(event) and self._acts:
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self._acts.download(chosen)
            return
        group = self._target(event.position().toPoint())
        if group is not None and group.mine != "pending":
            event.acceptProposedAction()
            self._share(_paths(event), group.name)

    def _end(self) -> None:
        self._overlay.hide()
        self._dragged = []

    def _target(self, at: QPoint) -> GroupView | None:
        inside = self._groups.view.viewport().mapFrom(self._area, at)
        return self._groups.group_at(inside) or self._groups.group


def _invitation(paths: list[Path], group: GroupView | None) -> str:
    """Where what is dropped would go, or why it may not."""
    if group is None:
        return tr("Create a group or join one first")
    if group.mine == "pending":
        return tr("{group} has not let you in yet", group=amounts.name(group.name))
    what, more = amounts.name(paths[0].name or str(paths[0])), len(paths) - 1
    if more:
        what = tr_n("{name} and %n more", more, one="{name} and %n more", name=what)
    return tr("Share {what}\nin {group}", what=what, group=amounts.name(group.name))


def said_weight(weighed: Weighed) -> str:
    said = amounts.weight(weighed.files, weighed.size)
    return tr("more than {amount}", amount=said) if weighed.more else said


def _paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
