"""Our own light and dark on Qt's Fusion style: two palettes, and a style sheet for what they cannot say."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

ROW_PX = 30
"""Height of a row in every list: room for a progress bar, and for a finger."""
COMPACT_ROW_PX = 24
_ROW_PX_OF_APP = "rowPx"


@dataclass(frozen=True)
class Colours:
    window: str
    base: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    hover: str
    chosen: str
    good: str
    warn: str
    bad: str
    people: tuple[str, ...]
    """Who gave which part of a file; beside each stands a name."""


LIGHT = Colours(
    window="#f3f6f7", base="#ffffff", raised="#ffffff", line="#d7dfe3", text="#17222a", muted="#566570",
    accent="#0b6a8a", on_accent="#ffffff", hover="#eaf1f4", chosen="#d3e8f0",
    good="#177a45", warn="#8f5600", bad="#b3261e",
    people=("#2f6fd6", "#c2570c", "#8250c4", "#0b7a75", "#c2368a", "#6b7d0e", "#8a5a3c", "#cfa100"),
)  # fmt: skip
DARK = Colours(
    window="#14191d", base="#1a2025", raised="#242c33", line="#323c44", text="#e6edf0", muted="#a6b5bf",
    accent="#5cc0e0", on_accent="#06222d", hover="#222a31", chosen="#1f4453",
    good="#5bd08f", warn="#f0b35a", bad="#ff8a80",
    people=("#7aa8ff", "#f5a35c", "#bb96f5", "#45c4b8", "#f08bc2", "#b9c95a", "#d0a184", "#f6e36a"),
)  # fmt: skip

_SHEET = """
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QToolTip {{ color: {text}; background: {raised}; border: 1px solid {line}; padding: 4px 6px; }}
QMenuBar {{ background: {window}; padding: 3px 4px; }}
QMenuBar::item {{ padding: 8px 10px; border-radius: 5px; background: transparent; }}
QMenuBar::item:selected {{ background: {chosen}; color: {text}; }}
QMenu {{ background: {raised}; border: 1px solid {line}; padding: 5px; }}
QMenu::item {{ padding: 6px 26px 6px 10px; border-radius: 5px; min-height: 16px; }}
QMenu::item:selected {{ background: {chosen}; color: {text}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 5px 6px; }}
QPushButton, QToolButton {{ background: {raised}; border: 1px solid {line}; border-radius: 6px;
 padding: 6px 12px; }}
QPushButton:hover, QToolButton:hover {{ background: {hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {chosen}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {muted}; background: transparent; }}
QPushButton:focus, QToolButton:focus {{ border: 1px solid {accent}; }}
QPushButton[kind="primary"] {{ background: {accent}; color: {on_accent}; border-color: {accent};
 font-weight: 600; }}
QPushButton[kind="grave"] {{ background: {bad}; color: {on_accent}; border-color: {bad}; font-weight: 600; }}
QPushButton[kind="primary"]:focus, QPushButton[kind="grave"]:focus {{ border: 2px solid {text};
 padding: 5px 11px; }}
QPushButton[kind="primary"]:disabled, QPushButton[kind="grave"]:disabled {{
 background: {hover}; border-color: {line}; color: {muted}; }}
QPushButton[kind="card"] {{ border-radius: 12px; text-align: start; padding: 0; }}
QPushButton[kind="card"]:hover, QPushButton[kind="card"]:focus {{ border: 1px solid {accent}; }}
QPushButton[kind="back"] {{ background: transparent; border-color: transparent; color: {muted};
 padding: 4px 0; text-align: left; }}
QPushButton[kind="back"]:hover, QPushButton[kind="back"]:focus {{ color: {accent};
 border-color: transparent; }}
QPushButton[kind="link"] {{ background: transparent; border-color: transparent; color: {accent}; }}
QPushButton[kind="link"]:focus {{ border-color: {accent}; }}
QToolButton[kind="plain"] {{ background: transparent; border-color: transparent; padding: 4px 7px; }}
QToolButton[kind="plain"]:hover {{ background: {chosen}; }}
QToolButton[kind="plain"]:checked {{ background: {chosen}; }}
QToolButton[kind="plain"]:focus {{ border-color: {accent}; }}
#toastClose {{ padding: 1px; }}
QFileDialog QToolButton {{ padding: 4px; }}
QToolButton::menu-indicator {{ width: 0; image: none; }}
QLineEdit {{ background: {base}; border: 1px solid {line}; border-radius: 6px; padding: 6px 8px;
 selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit:focus {{ border: 1px solid {accent}; }}
QCheckBox::indicator:unchecked {{ width: 12px; height: 12px; background: {base}; border: 1px solid {muted};
 border-radius: 2px; }}
QCheckBox::indicator:unchecked:focus {{ border: 1px solid {accent}; }}
QRadioButton {{ spacing: 8px; }}
QCheckBox {{ spacing: 8px; }}
QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {muted}; border-radius: 8px;
 background: {base}; }}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {accent};
 background: {on_accent}; }}
QRadioButton::indicator:checked:disabled {{ border-color: {muted}; }}
QRadioButton::indicator:unchecked:focus {{ border-color: {accent}; }}
QRadioButton:focus, QCheckBox:focus {{ color: {accent}; }}
QComboBox, QSpinBox {{ background: {base}; border: 1px solid {line}; border-radius: 6px; padding: 5px 8px; }}
QComboBox {{ combobox-popup: 0; }}
QSpinBox {{ selection-background-color: {accent}; selection-color: {on_accent}; }}
QComboBox:focus, QSpinBox:focus {{ border: 1px solid {accent}; }}
QComboBox:disabled, QSpinBox:disabled {{ background: {window}; color: {muted}; }}
QComboBox::drop-down, QSpinBox::up-button, QSpinBox::down-button {{ border: 0; width: 22px;
 background: transparent; }}
QComboBox::down-arrow, QSpinBox::up-arrow, QSpinBox::down-arrow {{ width: 0; height: 0;
 border-left: 4px solid {base}; border-right: 4px solid {base}; }}
QComboBox::down-arrow, QSpinBox::down-arrow {{ border-top: 4px solid {muted}; }}
QSpinBox::up-arrow {{ border-bottom: 4px solid {muted}; }}
QComboBox::down-arrow:disabled, QSpinBox::up-arrow:disabled, QSpinBox::down-arrow:disabled {{
 border-left-color: {window}; border-right-color: {window}; border-top-color: {line};
 border-bottom-color: {line}; }}
QComboBox QAbstractItemView {{ background: {raised}; border: 1px solid {line}; padding: 4px; }}
QComboBox QAbstractItemView::item {{ padding: 5px 6px; border-radius: 4px; }}
QComboBox QAbstractItemView::item:selected {{ background: {chosen}; color: {text}; }}
QAbstractItemView {{ background: {base}; border: 0; outline: 0; }}
QHeaderView {{ background: {base}; border: 0; }}
QHeaderView::section {{ background: {base}; color: {muted}; border: 0; border-bottom: 1px solid {line};
 padding: 6px 3px; }}
#choices {{ border: 1px solid {line}; border-radius: 6px; padding: 4px; }}
#choices::item {{ padding: 6px 8px; border-radius: 4px; }}
#choices::item:selected {{ background: {chosen}; color: {text}; }}
QSplitter::handle {{ background: {line}; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 0; }}
QScrollBar::handle {{ background: {line}; border-radius: 4px; margin: 2px;
 min-height: 28px; min-width: 28px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {line}; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QLabel[kind="muted"] {{ color: {muted}; }}
QLabel[kind="bad"] {{ color: {bad}; }}
#groupsPane {{ background: {window}; }}
#groups {{ background: {window}; }}
#filesPane, #activityPane, #transfersPane, #loginPage, #loginInside, #choosingPage, #linkStep,
#fileStep {{ background: {base}; }}
#preferencePages {{ background: {window}; border-right: 1px solid {line}; padding: 10px 8px; }}
#preferencePages::item {{ border-radius: 5px; }}
#preferencePages::item:selected {{ background: {chosen}; color: {text}; }}
#trackerList, #openInvites, #trackerLines {{ border: 1px solid {line}; border-radius: 6px; padding: 4px; }}
#preferences > QStackedWidget, #generalPage, #foldersPage, #networkPage, #appearancePage, #trackersPage {{
 background: {base}; }}
#preferencesFoot {{ background: {window}; border-top: 1px solid {line}; }}
#offlineBar {{ background: {hover}; border-bottom: 1px solid {warn}; }}
#trackersPanel {{ background: {raised}; border: 1px solid {line}; }}
#trackersPanel QListView {{ background: {raised}; }}
#statusLine, #commandBar {{ background: {window}; border-top: 1px solid {line}; }}
#commandOut {{ background: {base}; border: 0; border-bottom: 1px solid {line}; padding: 4px 12px; }}
#hashing {{ background: {hover}; border-bottom: 1px solid {line}; }}
QTabBar {{ background: transparent; border: 0; }}
QTabBar QToolButton {{ padding: 0; border: 0; background: {base}; }}
QTabBar::tab {{ background: transparent; color: {muted}; border: 0; border-bottom: 2px solid transparent;
 padding: 5px 10px; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; }}
QTabBar::tab:selected:focus {{ background: {chosen}; }}
#detailsPane, #detailsPane QScrollArea, #overview, #detailsLog {{ background: {base}; border: 0; }}
#card {{ background: {raised}; border: 1px solid {line}; border-radius: 12px; }}
#toast {{ background: {raised}; border: 1px solid {line}; border-radius: 9px; }}
"""


def colours(palette: QPalette) -> Colours:
    """Those that go with a widget's palette, for whoever paints by hand."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def row_px() -> int:
    """Height of a row as the person wants it now."""
    return int(QApplication.instance().property(_ROW_PX_OF_APP) or ROW_PX)  # type: ignore[union-attr]


def apply(app: QApplication, appearance: str, density: str = "comfortable") -> None:
    """`appearance`: system, light or dark. Where the system says nothing it is light. `density`: comfortable
    or compact."""
    app.setProperty(_ROW_PX_OF_APP, COMPACT_ROW_PX if density == "compact" else ROW_PX)
    scheme = app.styleHints().colorScheme()
    dark = appearance == "dark" or (appearance == "system" and scheme == Qt.ColorScheme.Dark)
    chosen = DARK if dark else LIGHT
    app.setStyle("Fusion")
    app.setPalette(_palette(chosen))
    app.setPalette(_box_palette(chosen, is_dark=dark), "QCheckBox")  # type: ignore[arg-type]
    app.setStyleSheet(_SHEET.format_map(vars(chosen)))


def _palette(chosen: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(chosen.raised), QColor(chosen.window))
    for roles, colour in [
        ((role.Window,), chosen.window),
        ((role.Base,), chosen.base),
        ((role.AlternateBase,), chosen.hover),
        ((role.Button, role.ToolTipBase), chosen.raised),
        ((role.Text, role.WindowText, role.ButtonText, role.ToolTipText), chosen.text),
        ((role.PlaceholderText,), chosen.muted),
        ((role.Accent, role.Link), chosen.accent),
        ((role.Highlight,), chosen.chosen),
        ((role.HighlightedText,), chosen.text),
        ((role.Mid, role.Dark), chosen.line),
    ]:
        for one in roles:
            palette.setColor(one, QColor(colour))
    for one in (role.Text, role.WindowText, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(chosen.muted))
    return palette


def _box_palette(chosen: Colours, *, is_dark: bool) -> QPalette:
    """Of tick boxes, which paint no ground: Fusion outlines a ticked one in their Window, darkened to 5/7 of
    it, and no style sheet can draw a tick without a file."""
    palette = _palette(chosen)
    outline = QColor(chosen.text) if is_dark else QColor(chosen.muted).lighter(140)
    palette.setColor(QPalette.ColorRole.Window, outline)
    return palette
