"""What is done with many files or downloads is done with all that allow it, and refused in one notice."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from desktop.app import TaskRunner
from desktop.engine.engine import Engine
from desktop.engine.views import DownloadView
from desktop.paths import Profile
from desktop.qt_loop import QtLoop
from desktop.settings import Kept, Settings
from desktop.ui.desk import Desk
from desktop.ui.files.acts import FileActs
from desktop.ui.files.drags import Chosen
from desktop.ui.notices import Notices
from desktop.ui.transfers.acts import TransferActs

pytestmark = [pytest.mark.gui, pytest.mark.slow]


def test_one_refusal_does_not_keep_the_others_from_being_tried(qloop: QtLoop, tmp_path: Path) -> None:
    profile, window, runner = Profile.open(tmp_path / "profile"), QWidget(), TaskRunner()
    kept = Kept(None, Settings(), Settings(), profile.check_download_dir)
    desk = Desk(window, Engine(profile, Settings()), runner, Notices(window), kept)  # nobody is logged in
    told: list[None] = []
    files, acts = FileActs(desk), TransferActs(desk, lambda: told.append(None))
    views = [
        DownloadView(id=number, group="g", name=f"f/{number}", state="D", path="/x", size=1, done=0,
                     files=1, files_done=0, rate=0.0, sources=0)
        for number in range(5)
    ]  # fmt: skip

    async def scene() -> None:
        acts.pause(views)
        await runner.ended()
        acts.priority(views[:1], "high")
        await runner.ended()
        files.stop_sharing([Chosen(0, "g", "a"), Chosen(0, "g", "b")])
        await runner.ended()

    qloop.run_until_complete(scene())
    assert [text.replace("\u2068", "").replace("\u2069", "") for text in desk.notices.texts()] == [
        "5 downloads are as they were\n0: Nobody is logged in\n1: Nobody is logged in\n"
        "2: Nobody is logged in\nand 2 more",
        "Nobody is logged in",
        "2 items are still shared\na: Nobody is logged in\nb: Nobody is logged in",
    ]
    assert len(told) == 2
    window.deleteLater()
