"""The languages that the window speaks, and the one that it speaks now."""

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

LANGUAGES = {"en": "English", "de": "Deutsch", "ar": "العربية"}
"""By the code that the settings have, in their own words."""
TRANSLATIONS = Path(__file__).with_name("translations")
_QT = QLibraryInfo.LibraryPath.TranslationsPath


def apply(app: QApplication, language: str) -> None:
    """`language`: system, or one of LANGUAGES. What is made after this speaks it, and reads in its direction.

    Days, sizes and numbers are as in the system's country, in that language.
    """
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    code = spoken(QLocale.system().uiLanguages()) if language == "system" else language
    locale = QLocale(QLocale(code).language(), QLocale.system().territory())
    QLocale.setDefault(locale)
    for file, folder in ((f"qtbase_{code}", QLibraryInfo.path(_QT)), (f"shoal_{code}", str(TRANSLATIONS))):
        translator = QTranslator(app)
        if translator.load(file, folder):
            app.installTranslator(translator)
    app.setLayoutDirection(locale.textDirection())


def spoken(wanted: list[str]) -> str:
    """The first of the system's languages (de-AT, de) that the window speaks, else English."""
    codes = [one.replace("_", "-").partition("-")[0] for one in wanted]
    return next((code for code in codes if code in LANGUAGES), "en")
