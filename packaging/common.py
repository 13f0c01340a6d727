"""What both PyInstaller specs leave out, so that the frozen programs stay small."""

import re
from typing import Any

from PyInstaller.depend.bindepend import get_imports

EXCLUDED_MODULES = ["tkinter", "unittest", "pydoc", "doctest", "lib2to3", "test", "setuptools", "pip"]
UNUSED_QT = (
    "Qml", "Quick", "OpenGL", "EglFS", "EglFs", "VirtualKeyboard", "ShaderTools", "Qt6Pdf", "Designer",
    "networkinformation/", "tls/", "generic/", "egldeviceintegrations/",
    "platforms/libqeglfs", "platforms/libqvnc", "platforms/libqlinuxfb", "platforms/libqminimal",
    "platforms/libqvkkhr", "platformthemes/libqgtk3",
)  # fmt: skip
"""Parts of a path: libraries and plug-ins that no window of ours needs."""

QT_WORDS = re.compile(r"translations[/\\](?!(qtbase|shoal)_(de|ar)\.qm)")
"""Qt's own translations, but for the languages that the window speaks."""
File = tuple[str, str, str]
"""Of an Analysis: name inside, source, kind."""


def slim(analysis: Any) -> Any:
    unused = [file for file in analysis.binaries if _is_unused(file)]
    used = [file for file in analysis.binaries if not _is_unused(file)]
    # Libraries of the system lie at the top; some came only for what goes.
    orphans = _libraries(unused) - _libraries([file for file in used if "/" in file[0]])
    analysis.binaries = [file for file in used if file[0] not in orphans]
    analysis.datas = [file for file in analysis.datas if not _is_unused(file)]
    return analysis


def _is_unused(file: File) -> bool:
    return any(part in file[0] for part in UNUSED_QT) or bool(QT_WORDS.search(file[0]))


def _libraries(files: list[File]) -> set[str]:
    """All that these need, also by way of others."""
    return {name for _, source, _ in files for name, _ in get_imports(source)}
