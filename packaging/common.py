"""What both PyInstaller specs leave out, so that the frozen programs stay small."""

from typing import Any

EXCLUDED_MODULES = ["tkinter", "unittest", "pydoc", "doctest", "lib2to3", "test", "setuptools", "pip"]
UNUSED_QT = (
    "Qml", "Quick", "OpenGL", "EglFS", "VirtualKeyboard", "ShaderTools", "Qt6Pdf", "Designer",
    "platforms/libqeglfs", "platforms/libqvnc", "platforms/libqlinuxfb", "platforms/libqminimal",
    "platforms/libqvkkhr", "platformthemes/libqgtk3", "egldeviceintegrations", "translations/",
)  # fmt: skip
"""Parts of a path: libraries, plug-ins and translations that no window of ours needs."""


def used(files: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """A list of an Analysis (name inside, source, kind) without what is not used."""
    return [file for file in files if not any(part in file[0] for part in UNUSED_QT)]


def slim(analysis: Any) -> Any:
    analysis.binaries = used(analysis.binaries)
    analysis.datas = used(analysis.datas)
    return analysis
