"""What a person does to files and transfers: download, stop sharing, pause, go on, cancel, show on disk."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from desktop.engine.views import DownloadView
from desktop.ui import amounts
from desktop.ui.desk import Desk
from desktop.ui.dialogs import Confirm
from desktop.ui.words import mark, tr, tr_n


@dataclass(frozen=True)
class FileActs:
    desk: Desk
    show_again: Callable[[], object]
    """After what no event tells of."""

    def download(self, group: str, names: Sequence[str]) -> None:
        """To where downloads go, or asks, as the settings have it."""
        if self.desk.settings.ask_where:
            self.download_to(group, names)
        else:
            self._download(group, names, self.desk.settings.download_dir)

    def _download(self, group: str, names: Sequence[str], folder: Path) -> None:

        async def download() -> str:
            started = [await self.desk.engine.download_file(group, one, f"{folder}/") for one in names]
            return (
                "" if any(one.online for one in started) else tr("Nobody online has it; it starts by itself")
            )

        self.desk.run(download(), str, "download_file", name=names[0], group=group)

    def download_to(self, group: str, names: Sequence[str]) -> None:
        self._ask_paths(
            tr("Download to"), lambda folders: self._download(group, names, folders[0]), folder=True
        )

    def choose(self, group: str, share: Callable[[list[Path], str], None], *, folder: bool) -> None:
        """Asks for files or for a folder, and hands them to `share`."""
        title = tr("Share in {group}", group=amounts.name(group))
        self._ask_paths(title, lambda paths: share(paths, group), folder=folder)

    def _ask_paths(self, title: str, then: Callable[[list[Path]], object], *, folder: bool) -> None:
        dialog = QFileDialog(self.desk.window, title)
        mode = QFileDialog.FileMode.Directory if folder else QFileDialog.FileMode.ExistingFiles
        dialog.setFileMode(mode)
        dialog.filesSelected.connect(lambda paths: then([Path(path) for path in paths]))
        dialog.open()

    def stop_sharing(self, group: str, names: Sequence[str]) -> None:
        what = amounts.name(names[0]) if len(names) == 1 else tr_n("%n items", len(names), one="%n item")

        async def stop() -> None:
            for one in names:
                await self.desk.engine.stop_share(group, one)

        def confirmed() -> None:
            said = tr("{name} no longer shared", name=what)
            self.desk.run(stop(), said, "stop_share", name=names[0], group=group)

        text = tr("The files stay on this computer. Others keep what they have fetched.")
        title = tr("Stop sharing {name}?", name=what)
        Confirm(self.desk.window, title, text, (mark("Stop sharing"), confirmed)).open()

    def pause(self, views: Sequence[DownloadView]) -> None:
        self._each(self.desk.engine.pause, [view for view in views if view.state == "D"])

    def resume(self, views: Sequence[DownloadView]) -> None:
        self._each(self.desk.engine.resume, [view for view in views if view.state in "PF"])

    def order(self, views: Sequence[DownloadView], order: str) -> None:
        async def all_of_them() -> None:
            for view in views:
                if view.state in "DP":
                    await self.desk.engine.order(view.id, order)
            self.show_again()

        self.desk.run(all_of_them(), "", "order")

    def verify(self, views: Sequence[DownloadView]) -> None:
        done = [view for view in views if view.state == "C"]
        self._each(self.desk.engine.verify, done, tr("It is what was shared, byte for byte"))

    def cancel(self, views: Sequence[DownloadView]) -> None:
        """Ends what runs, and takes what ended off the list."""
        running = [view for view in views if view.state != "C"]
        if not running:
            self._each(self.desk.engine.cancel, views)
            return
        what = amounts.name(running[0].name)
        if len(running) > 1:
            what = tr_n("%n downloads", len(running), one="%n download")
        Confirm(
            self.desk.window,
            tr("Cancel {name}?", name=what),
            tr("What was fetched of it so far is deleted."),
            (mark("Cancel download"), lambda: self._each(self.desk.engine.cancel, views)),
        ).open()

    def _each(
        self, act: Callable[[int], Coroutine[Any, Any, None]], views: Sequence[DownloadView], said: str = ""
    ) -> None:
        async def all_of_them() -> None:
            for view in views:
                await act(view.id)

        self.desk.run(all_of_them(), said, act.__name__)

    def reveal(self, view: DownloadView) -> None:
        """Opens the folder, never the file: that came from somebody else."""
        folder = Path(view.path).parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            lies = amounts.name(str(folder))
            self.desk.notices.warn(tr("No program here opens folders; it lies in {folder}", folder=lies))
