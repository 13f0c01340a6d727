"""Two people at two windows on one real tracker: what one drops, the other fetches, byte for byte."""

import asyncio
import random
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from desktop.qt_loop import QtLoop
from desktop.ui.groups.model import Place
from desktop.ui.icons import icon_for
from desktop.ui.notices import Toast
from tests.gui.person import PASSWORD, Person, group_of_two, until

pytestmark = [pytest.mark.gui, pytest.mark.slow]
NAMES = ["a.txt", "with space & 'quotes'.bin", "sub/🎬 film.mov", "sub/deep/שלום.txt", "empty"]


def a_folder(root: Path) -> dict[str, bytes]:
    lot = random.Random(5)
    made = {name: lot.randbytes(lot.randrange(1, 2_000_000)) for name in NAMES[:-1]} | {"empty": b""}
    for name, content in made.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return made


def content(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


class FileManager(QObject):
    """In place of the system's, which may be none, or a real one."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def file_manager(qapp: QApplication) -> Iterator[FileManager]:
    made = FileManager()
    QDesktopServices.setUrlHandler("file", made, "take")  # type: ignore[arg-type]  # its stub says bytes
    yield made
    QDesktopServices.unsetUrlHandler("file")


Scene = Callable[[Person, Person], Coroutine[None, None, None]]


@pytest.fixture
def together(qloop: QtLoop, tmp_path: Path) -> Callable[[Scene], None]:
    """Runs a scene with ana, whose tracker it is and who owns `design`, and bo, who was let in."""

    async def run(scene: Scene) -> None:
        async with group_of_two(tmp_path) as (ana, bo):
            await scene(ana, bo)

    return lambda scene: qloop.run_until_complete(run(scene))


def test_s62_a_dropped_folder_is_seen_and_fetched_by_another(
    together: Callable[[Scene], None], tmp_path: Path
) -> None:
    made = a_folder(tmp_path / "stuff")

    async def scene(ana: Person, bo: Person) -> None:
        assert ana.drop([tmp_path / "stuff"])
        await until(ana.sees_notice("5 files shared"))
        await until(lambda: len(bo.files) == 8)
        assert bo.files[0] == "stuff"
        bo.select("stuff/")
        bo.act("download")
        await bo.arrived(1)
        assert content(bo.downloads / "stuff") == made
        await until(lambda: "here" in bo.window.files.model.index_of("stuff/").siblingAtColumn(5).data())
        await until(
            lambda: "2 of 2" in bo.window.files.model.index_of("stuff/a.txt").siblingAtColumn(2).data()
        )

    together(scene)


def test_a_file_dropped_on_a_group_is_fetched_by_a_double_click(
    together: Callable[[Scene], None], tmp_path: Path, file_manager: FileManager
) -> None:
    file = tmp_path / "one.bin"
    file.write_bytes(random.Random(1).randbytes(3_000_000))

    async def scene(ana: Person, bo: Person) -> None:
        tree = ana.window.groups.view
        item = ana.window.groups.model.item_of(Place("design"))
        assert item is not None
        assert ana.drop([file], tree.viewport(), tree.visualRect(item.index()).center())
        await until(lambda: bo.files == ["one.bin"])
        bo.double_click("one.bin")
        await bo.arrived(1)
        assert (bo.downloads / "one.bin").read_bytes() == file.read_bytes()
        await until(lambda: "show_file" in bo.window.files.possible())
        bo.double_click("one.bin")  # it is there already
        bo.select("one.bin")
        bo.act("show_file")
        transfers = bo.window.transfers
        bo.double_click_on(transfers.view, transfers.model.index(0, 0))
        bo.act("reveal")
        await until(lambda: file_manager.opened == [bo.downloads] * 4)
        bo.select("one.bin")
        bo.act("download")
        await until(bo.sees_notice("exist"))
        bo.click("toastDownload to", "one.bin")
        await bo.answer("QFileDialog", Qt.Key.Key_Escape)
        (bo.downloads / "one.bin").unlink()
        bo.double_click("one.bin")
        await bo.arrived(2)
        assert (bo.downloads / "one.bin").read_bytes() == file.read_bytes()
        assert len(file_manager.opened) == 4
        bo.click("toastShow in folder", "one.bin")
        assert len(file_manager.opened) == 5

    together(scene)


def test_what_waits_can_be_fetched_from_first_to_last_or_as_is_best_for_all(
    together: Callable[[Scene], None], tmp_path: Path
) -> None:
    (tmp_path / "film.bin").write_bytes(b"film")

    async def scene(ana: Person, bo: Person) -> None:
        assert ana.drop([tmp_path / "film.bin"])
        await until(lambda: bo.files == ["film.bin"])
        await ana.engine.logout(forget=False)
        bo.select("film.bin")
        bo.act("preview")
        transfers = bo.window.transfers
        await until(lambda: [view.order for view in transfers.model.views] == ["first"])
        await until(bo.sees_notice("Nobody online has it; it starts by itself"))
        transfers.view.selectAll()
        for order in ("rarest", "first"):
            bo.act(order)
            await until(lambda order=order: [view.order for view in transfers.model.views] == [order])  # type: ignore[misc]

    together(scene)


def test_what_is_no_longer_shared_goes_from_the_other_tree_and_undo_brings_it_back(
    together: Callable[[Scene], None], tmp_path: Path
) -> None:
    file = tmp_path / "one.bin"
    file.write_bytes(b"content")

    async def scene(ana: Person, bo: Person) -> None:
        ana.drop([file])
        await until(lambda: bo.files == ana.files == ["one.bin"])
        ana.select("one.bin")
        ana.act("stop_sharing")
        await until(lambda: bo.files == [])
        (offer,) = (one for one in ana.window.findChildren(Toast) if one.findChild(QPushButton, "toastUndo"))
        assert offer.notice.ms == 10_000
        ana.click("toastUndo")
        await until(lambda: bo.files == ["one.bin"])

    together(scene)


def test_a_member_who_leaves_sees_the_group_no_more_and_shares_nothing_in_it(
    together: Callable[[Scene], None], tmp_path: Path
) -> None:
    (tmp_path / "one.bin").write_bytes(b"content")

    async def scene(ana: Person, bo: Person) -> None:
        bo.drop([tmp_path / "one.bin"])
        await until(lambda: bo.window.transfers.model.known.count("sharing") == 1)
        bo.act("leave")
        await until(lambda: bo.window.findChild(QPushButton, "Leave"))
        bo.click("Leave")
        await until(lambda: bo.window.groups.model.groups == {})
        await until(lambda: bo.window.transfers.model.known.count("sharing") == 0)

        def members() -> int:
            return ana.window.groups.model.groups["design"].members

        await until(lambda: members() == 1)

    together(scene)


def test_a_wrong_password_is_said_where_it_was_typed(qloop: QtLoop, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with Person(tmp_path / "ana") as ana:
            await ana.sign_up("ana")
            ana.act("log_out")
            await until(lambda: ana.window.login.isVisible())
            ana.type_in("name", "ana")
            ana.type_in("password", PASSWORD + "?")
            ana.click("logIn")
            await until(lambda: "wrong" in ana.window.login.error)
            assert ana.engine.user is None

    qloop.run_until_complete(scenario())


def test_the_window_resumes_its_account_and_asks_before_nothing(qloop: QtLoop, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with Person(tmp_path / "ana") as ana:
            await ana.sign_up("ana")
            await ana.create_group("design")
        async with Person(tmp_path / "ana") as ana:
            await until(lambda: ana.engine.user == "ana")
            await ana.at_group("design")
            await until(lambda: ana.window.status.text == "Using your own tracker on this computer")
            account = ana.find(QToolButton, "account")
            assert account.icon().cacheKey() == icon_for(ana.window, "account").cacheKey()
            QTest.keyClick(ana.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
            assert ana.closed

    qloop.run_until_complete(scenario())


def test_hashing_and_fetching_are_no_work_of_the_loops_own_thread(
    together: Callable[[Scene], None], tmp_path: Path
) -> None:
    big = tmp_path / "big.bin"
    big.write_bytes(random.Random(2).randbytes(64 << 20))

    async def scene(ana: Person, bo: Person) -> None:
        worked: list[float] = []

        async def tick() -> None:
            while True:
                before = time.thread_time()  # what others take of the machine is not in it
                await asyncio.sleep(0.005)
                worked.append(time.thread_time() - before)

        ticking = asyncio.get_running_loop().create_task(tick())
        ana.drop([big])
        await until(lambda: bo.files == ["big.bin"])
        bo.double_click("big.bin")
        await bo.arrived(1)
        ticking.cancel()
        worked.sort()
        assert worked[len(worked) * 99 // 100] < 0.1, worked[-5:]  # the bench has the figure

    together(scene)
