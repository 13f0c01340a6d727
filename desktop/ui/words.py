"""The window's own words in the person's language. The English ones in the code are the source.

`tr` and `tr_n` are for what is shown now; `mark` is for what stands in a table and is given to `tr` when it
is shown, as the language may be another by then. `./dev words` finds all three.
"""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QLocale

CONTEXT = "Shoal"


def tr(text: str, /, **named: object) -> str:
    """`text` in the language in use, then with its {names} filled in."""
    said = QCoreApplication.translate(CONTEXT, text)
    return said.format(**named) if named else said


def tr_n(many: str, n: int, /, *, one: str, **named: object) -> str:
    """A sentence about `n` things, which stands as %n in it: tr_n("%n files", n, one="%n file").

    `one` is what English has for one; other languages have as many forms as they need.
    """
    source, number = many.replace("%n", "%Ln"), QLocale().toString(n)
    said = QCoreApplication.translate(CONTEXT, source, None, n)
    if n == 1 and said == many.replace("%n", number):
        said = one.replace("%n", number)
    return said.format(**named) if named else said


def joined(parts: Iterable[str]) -> str:
    """With the comma of the language."""
    return tr(", ").join(parts)


def mark(text: str) -> str:
    """As it is, for `tr` later."""
    return text
