"""The words of the window: whole in each language, and right in their forms."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from shiboken6 import isValid

from desktop import arguments, settings
from desktop.app import _Program
from desktop.handover import hand_over
from desktop.paths import Profile
from desktop.qt_loop import QtLoop
from desktop.settings import Settings
from desktop.ui import amounts, languages, theme
from desktop.ui.notices import Toast
from desktop.ui.words import tr, tr_n
from tests.gui import found_words
from tests.gui.person import until

TITLES = {"de": "Willkommen bei Shoal", "ar": "مرحبًا بك في شول", "en": "Welcome to Shoal"}

TRANSLATED = [code for code in languages.LANGUAGES if code != "en"]


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[object]:
    before = QLocale()

    def speak(language: str) -> None:
        if language in TRANSLATED:
            found_words.release(language)
        languages.apply(qapp, language)

    yield speak
    languages.apply(qapp, "en")
    QLocale.setDefault(before)


def test_the_first_of_the_systems_languages_that_is_spoken_is_taken() -> None:
    assert languages.spoken(["fr-FR", "de-AT", "de", "ar"]) == "de"
    assert languages.spoken(["ar_EG.UTF-8"]) == "ar"
    assert languages.spoken(["fr"]) == languages.spoken([]) == "en"


def test_the_settings_know_the_same_languages() -> None:
    assert get_args(get_type_hints(Settings)["language"]) == ("system", *languages.LANGUAGES)
    assert set(found_words.FORMS) == set(TRANSLATED)


@pytest.mark.slow
@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_has_its_translation_with_the_same_names_in_it(language: str) -> None:
    """Where it fails: ./dev words, then Qt Linguist."""
    known = found_words.read(language)
    for source, message in found_words.found().items():
        assert source in known, f"not in the .ts file yet: {source!r}"
        forms = known[source].forms
        assert len(forms) == (found_words.FORMS[language] if message.plural else 1), source
        for form in forms:
            assert form, f"not translated: {source!r}"
            names = re.findall(r"\{\w+\}|%\w+", form)
            assert set(names) <= set(re.findall(r"\{\w+\}|%\w+", source)), (source, form)
            if not message.plural:
                assert sorted(names) == sorted(re.findall(r"\{\w+\}|%\w+", source)), (source, form)


def links(program: _Program) -> list[QLineEdit]:
    """Fields for a link that are seen."""
    return [one for one in program._window.findChildren(QLineEdit, "link") if one.isVisible()]


def ground(program: _Program) -> str:
    return program._window.palette().color(QPalette.ColorRole.Window).name()


@pytest.mark.slow
def test_another_language_is_spoken_at_once(
    qloop: QtLoop, tmp_path: Path, speak: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(program: _Program) -> None:
        async with asyncio.TaskGroup() as running:
            running.create_task(program.run())
            await until(lambda: hasattr(program, "_window") and program._window.welcome.isVisible())
            for language, title in TITLES.items():
                entries = {action.objectName(): action for action in program._window.findChildren(QAction)}
                program._window.prefer(3)
                program._window.notices.ask("a question", ("Yes", lambda: None))
                before = program._window
                entries[f"language_{language}"].trigger()
                await until(lambda: program._window.welcome.isVisible())
                assert program._window.preferences_page == 3
                assert program._window.notices.texts() == ["a question"]
                before.notices.warn("told by what was under way", stays=True)
                assert "told by what was under way" in program._window.notices.texts()
                await until(lambda before=before: not isValid(before))  # type: ignore[misc]
                before.notices.tell("told later")
                assert "told later" in program._window.notices.texts()
                for toast in program._window.findChildren(Toast):
                    toast.end()
                assert title in [label.text() for label in program._window.welcome.findChildren(QLabel)]
            await asyncio.to_thread(hand_over, program._profile, "shoal://join/half")
            await until(lambda: "shoal://join/half" in [link.text() for link in links(program)])

            # The system turns dark, then light.
            for scheme, colours in ((Qt.ColorScheme.Dark, theme.DARK), (Qt.ColorScheme.Light, theme.LIGHT)):
                monkeypatch.setattr(QStyleHints, "colorScheme", lambda _, scheme=scheme: scheme)
                program._app.styleHints().colorSchemeChanged.emit(scheme)
                await until(lambda colours=colours: ground(program) == colours.window)  # type: ignore[misc]
            program._window.menus.action("quit").trigger()

    for language in TRANSLATED:
        found_words.release(language)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    profile = Profile.open(tmp_path / "profile")
    qloop.run_until_complete(scene(_Program(app, arguments.parse(["127.0.0.1:0"]), profile)))
    assert settings.load(profile.settings).language == "en"


@pytest.mark.slow
def test_plurals_numbers_and_direction_are_those_of_the_language(speak, qapp: QApplication) -> None:  # type: ignore[no-untyped-def]
    speak("en")
    assert [tr_n("%n files", n, one="%n file") for n in (1, 2, 1000)] == ["1 file", "2 files", "1,000 files"]
    speak("de")
    assert [tr_n("%n files", n, one="%n file") for n in (1, 1000)] == ["1 Datei", "1.000 Dateien"]
    assert tr("Owner: {user}", user="{ana}") == "Gehört: {ana}"
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight
    speak("ar")
    digits = QLocale().toString
    assert [tr_n("%n files", n, one="%n file") for n in (0, 1, 2, 3, 11, 100)] == [
        "لا ملفات", "ملف واحد", "ملفان", f"{digits(3)} ملفات", f"{digits(11)} ملفًّا", f"{digits(100)} ملف",
    ]  # fmt: skip
    assert qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert amounts.percent(420) == f"\u2068{digits(42)} {QLocale().percent()}\u2069"
