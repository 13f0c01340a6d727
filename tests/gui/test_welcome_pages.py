"""The first pages have room for their words in every language, and a name for each thing, in a low window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import TaskRunner
from desktop.engine.engine import Engine
from desktop.paths import Profile
from desktop.settings import Kept, Settings
from desktop.ui import languages, theme
from desktop.ui.desk import Desk
from desktop.ui.groups.acts import GroupActs
from desktop.ui.main_window import SIZE_MIN
from desktop.ui.notices import Notices
from desktop.ui.welcome.page import WelcomePage
from tests.gui import found_words, seen
from tests.gui.first_pages import states

pytestmark = [pytest.mark.gui, pytest.mark.slow]
BARS_PX = 80
"""Of the window's height, for its menus and the line at the bottom."""


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[QApplication]:
    before = QLocale()
    theme.apply(qapp, "light")
    for language in found_words.FORMS:
        found_words.release(language)
    yield qapp
    languages.apply(qapp, "en")
    QLocale.setDefault(before)


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_the_first_pages_have_room_and_names(spoken: QApplication, tmp_path: Path, language: str) -> None:
    languages.apply(spoken, language)
    profile = Profile.open(tmp_path / "profile")
    window = QWidget()
    kept = Kept(None, Settings(), Settings(), profile.check_download_dir)
    desk = Desk(window, Engine(profile, Settings()), TaskRunner(), Notices(window), kept)
    page = WelcomePage(desk, GroupActs(desk, lambda _: None))
    page.resize(SIZE_MIN.width(), SIZE_MIN.height() - BARS_PX)
    page.show()
    wrong = []
    for state in states(page):
        spoken.processEvents()
        wrong += [f"{state}: {one}" for one in seen.clipped(page) + seen.unnamed(page)]
    page.close()
    assert not wrong, "\n".join(wrong)
