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


@dataclass(frozen=True)
class FileActs:
    desk: Desk

    def download(self, group: str, names: Sequence[str], folder: Path | None = None) -> None:
        """Into `folder`, else where downloads go."""
        destination = f"{folder or self.desk.download_dir}/"

        async def download() -> str:
            started = [await self.desk.engine.download_file(group, name, destination) for name in names]
            if started and not any(one.online for one in started):
                return "Nobody who has it is online; it starts by itself when somebody is"
            return ""

        self.desk.do(download(), lambda said: said, "download_file", group=group, name=names[0])

    def download_to(self, group: str, names: Sequence[str]) -> None:
        self._ask_folder("Download to", lambda folders: self.download(group, names, Path(folders[0])))

    def choose(self, group: str, share: Callable[[list[Path], str], None], *, folder: bool) -> None:
        """Asks for files or for a folder, and hands them to `share`."""

        def chosen(paths: list[str]) -> None:
            share([Path(path) for path in paths], group)

        title = f"Share in {amounts.name(group)}"
        if folder:
            self._ask_folder(title, chosen)
        else:
            dialog = QFileDialog(self.desk.window, title)
            dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
            dialog.filesSelected.connect(chosen)
            dialog.open()

    def _ask_folder(self, title: str, then: Callable[[list[str]], object]) -> None:
        dialog = QFileDialog(self.desk.window, title, str(self.desk.download_dir))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(then)
        dialog.open()

    def stop_sharing(self, group: str, names: Sequence[str]) -> None:
        what = amounts.name(names[0]) if len(names) == 1 else amounts.counted(len(names), "item", "items")

        async def stop() -> None:
            for name in names:
                await self.desk.engine.stop_share(group, name)

        def confirmed() -> None:
            said = f"{what} no longer shared"
            self.desk.do(stop(), said, "stop_share", group=group, name=names[0])

        text = "The files stay on this computer. Others keep what they have fetched."
        Confirm(self.desk.window, f"Stop sharing {what}?", text, ("Stop sharing", confirmed)).open()

    def pause(self, views: Sequence[DownloadView]) -> None:
        self._each(self.desk.engine.pause, views)

    def resume(self, views: Sequence[DownloadView]) -> None:
        self._each(self.desk.engine.resume, views)

    def cancel(self, views: Sequence[DownloadView]) -> None:
        """Ends what runs, and takes what ended off the list."""
        running = [view for view in views if view.state != "C"]
        if not running:
            self._each(self.desk.engine.cancel, views)
            return
        what = amounts.name(running[0].name) if len(running) == 1 else f"{len(running)} downloads"
        Confirm(
            self.desk.window,
            f"Cancel {what}?",
            "What was fetched of it so far is deleted.",
            ("Cancel download", lambda: self._each(self.desk.engine.cancel, views)),
        ).open()

    def _each(self, act: Callable[[int], Coroutine[Any, Any, None]], views: Sequence[DownloadView]) -> None:
        async def all_of_them() -> None:
            for view in views:
                await act(view.id)

        self.desk.do(all_of_them())

    def reveal(self, view: DownloadView) -> None:
        """Opens the folder, never the file: that came from somebody else."""
        folder = Path(view.path).parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.desk.notices.warn(f"No program here opens folders; it lies in {amounts.name(str(folder))}")
