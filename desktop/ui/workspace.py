"""How the window is divided for who is logged in, and how that is left for the next start."""

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QSplitter, QStackedWidget

from desktop.ui.details.beside import Beside
from desktop.ui.details.pane import DetailsPane
from desktop.ui.files.pane import FilesPane
from desktop.ui.groups.activity import ActivityPane
from desktop.ui.groups.pane import GroupsPane
from desktop.ui.look import Look
from desktop.ui.transfers.pane import TransfersPane

_WIDTH_PX = 1180


class Workspace(QSplitter):
    """The groups; beside them the files, or what happened, over the transfers; at the end the details."""

    def __init__(
        self,
        groups: GroupsPane,
        files: FilesPane,
        activity: ActivityPane,
        transfers: TransfersPane,
        details: DetailsPane,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=1)
        self.groups, self.files, self.activity = groups, files, activity
        self.transfers, self.details = transfers, details
        self._look = Look()
        self._upper = QStackedWidget()
        self._upper.addWidget(files)
        self._upper.addWidget(activity)
        self.right = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False, handleWidth=1)
        self.right.addWidget(self._upper)
        self.right.addWidget(transfers)
        self.right.setStretchFactor(0, 3)
        self.right.setStretchFactor(1, 2)
        files.setMinimumHeight(170)
        transfers.setMinimumHeight(110)
        groups.setMinimumWidth(180)
        self.addWidget(groups)
        self.addWidget(self.right)
        self.setStretchFactor(1, 1)
        self.beside = Beside(self, self.right, details)
        self.restore(self._look)

    def show_activity(self, is_shown: bool) -> None:
        """In the place of the files."""
        self._upper.setCurrentWidget(self.activity if is_shown else self.files)

    @property
    def upper_list(self) -> QAbstractItemView:
        """Of the files, or of what happened: whichever is seen."""
        is_activity = self._upper.currentWidget() is self.activity
        return self.activity.view if is_activity else self.files.on_show

    @property
    def look(self) -> Look:
        """For the next start. What was never laid out is as it was restored."""
        look, (tree, flat) = self._look, self.files.sorts
        if self.window().windowHandle() is not None and not self.isHidden():
            look = msgspec.structs.replace(look, groups_px=self.beside.first)
            if all(heights := self.right.sizes()) and not self.right.isHidden():
                look = msgspec.structs.replace(look, files_px=heights[0], transfers_px=heights[1])
        return msgspec.structs.replace(
            look,
            details_px=self.beside.width,
            as_list=self.files.as_list,
            tree_sort=tree,
            list_sort=flat,
            tab=self.transfers.tabs.currentIndex(),
        )

    def restore(self, look: Look) -> None:
        """Before it is shown."""
        self._look = look
        self.setSizes([look.groups_px, _WIDTH_PX - look.groups_px, look.details_px])
        self.beside.restore(look.groups_px, look.details_px)
        if look.files_px and look.transfers_px:
            self.right.setSizes([look.files_px, look.transfers_px])
        self.files.restore(as_list=look.as_list, tree=look.tree_sort, flat=look.list_sort)
        self.transfers.tabs.setCurrentIndex(look.tab)
