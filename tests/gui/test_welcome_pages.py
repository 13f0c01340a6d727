"""The first pages have room for their words in every language, and a name for each thing, in a low window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui import languages, theme
from tests.gui import first_pages, found_words, seen

pytestmark = [pytest.mark.gui, pytest.mark.slow]


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
    def look(page: QWidget, state: str) -> list[str]:
        return [f"{state}: {one}" for one in seen.clipped(page) + seen.unnamed(page)]

    languages.apply(spoken, language)
    wrong = first_pages.wrong(tmp_path, look)
    assert not wrong, "\n".join(wrong)


def test_every_word_of_the_first_pages_passed_tr(spoken: QApplication, tmp_path: Path) -> None:
    def look(page: QWidget, state: str) -> list[str]:
        return [f"{state}, {where}: {text!r}" for where, text in seen.texts(page) if seen.unmarked(text)]

    marking = seen.Marking()
    spoken.installTranslator(marking)
    wrong = first_pages.wrong(tmp_path, look)
    spoken.removeTranslator(marking)
    assert not wrong, "\n".join(wrong)
