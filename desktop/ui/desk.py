"""What every act of the window needs: the engine, a way to run its commands, a place to tell the outcome."""

from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from PySide6.QtWidgets import QWidget

from desktop.engine.engine import Engine
from desktop.settings import Kept, Settings
from desktop.ui import amounts
from desktop.ui.notices import Notices
from desktop.ui.parts import Act
from desktop.ui.runner import Runner
from desktop.ui.words import tr, tr_n
from desktop.wording import OF_PATHS, OF_SYSTEM, SENTENCES, by_code, sentence
from shared.errors import DiskError, NoSpace, ShoalError
from shared.names import shown

LISTED_MAX = 3
"""Lines of one notice."""
T = TypeVar("T")
P = ParamSpec("P")


_OF_PATHS = {*OF_PATHS, *OF_SYSTEM, SENTENCES["exists"]}


@dataclass(frozen=True)
class Desk:
    window: QWidget
    engine: Engine
    runner: Runner
    notices: Notices
    kept: Kept

    @property
    def settings(self) -> Settings:
        return self.kept.now

    def change(self, **settings: object) -> None:
        """In force at once; a disk that fails is told of."""
        try:
            self.kept.change(**settings)
        except ShoalError as error:
            self.notices.fail(worded(error))
        except OSError as error:
            self.notices.fail(worded(DiskError(sentence(error))))

    def do(
        self,
        command: Callable[P, Coroutine[Any, Any, T]],
        said: str | Callable[[T], str],
        /,
        *args: P.args,
        **arguments: P.kwargs,
    ) -> None:
        """Runs an engine command, then tells `said`, or why not in the words that are for this command."""
        self.run(command(*args, **arguments), said, command.__name__, **arguments)

    def run(
        self,
        coroutine: Coroutine[Any, Any, T],
        said: str | Callable[[T], str],
        command: str,
        **arguments: object,
    ) -> None:
        """The same for several commands in one act; `command` and `arguments` are only for the wording."""

        def then(answer: T) -> None:
            if text := said(answer) if callable(said) else said:
                self.notices.tell(text)

        self.runner.run(coroutine, then, lambda error: self.notices.fail(worded(error, command, **arguments)))

    def refuse(self, head: str, refused: "Refusals", *acts: Act) -> None:
        """Tells once of all that were refused, and offers `acts`. Nothing where none were."""
        lines = [
            why if why.startswith(shown(name)) else f"{amounts.short_name(name)}: {why}"
            for name, why in refused.told
        ]
        if len(lines) == 1:
            self.notices.fail(refused.told[0][1], *acts)
        elif lines:
            self.notices.fail(listed(head, lines), *acts)


class Refusals:
    """Which of many things a command was refused for, while it goes on with the others."""

    def __init__(self, command: str) -> None:
        """`command` is only for the wording."""
        self._command = command
        self.told: list[tuple[str, str]] = []
        """A name from outside, and why."""

    def __len__(self) -> int:
        return len(self.told)

    @contextmanager
    def of(self, name: str, /, **arguments: object) -> Iterator[None]:
        """Around what is done to `name`; `arguments` are only for the wording."""
        try:
            yield
        except ShoalError as error:
            self.told.append((name, worded(error, self._command, **arguments)))


def worded(error: ShoalError, command: str = "", **arguments: object) -> str:
    """The sentence for a window: without what to type, as it begins in print."""
    if isinstance(error, NoSpace) and error.detail:
        sizes = {key: amounts.size(float(value)) for key, value in error.detail.items()}
        return tr(
            "There is not enough room: with some to spare {needed} are needed, {free} are free", **sizes
        )
    safe = {key: shown(str(value)) for key, value in arguments.items()}
    text = sentence(error, command, _words, **safe)
    if any(value and text.startswith(value) for value in safe.values()):
        return text
    return text[:1].upper() + text[1:]


def listed(head: str, lines: Sequence[str]) -> str:
    """`head`, the first of `lines` below it, and how many more there are."""
    more = len(lines) - LISTED_MAX
    rest = [tr_n("and %n more", more, one="and %n more")] if more > 0 else []
    return "\n".join([head, *lines[:LISTED_MAX], *rest])


def said_by_code(code: str, message: str = "", **named: str) -> str:
    """What stands inside a sentence: `message` where it says more than its code does."""
    own = message and message != SENTENCES.get(code)
    return _words(message) if own else by_code(code, _words, **named)


def _words(text: str) -> str:
    """Without what to type; what is said of a path, which only the engine names, in this language, too."""
    text = text.partition("; type: ")[0]
    path, _, about = text.rpartition(": ")
    return f"{amounts.name(path)}: {tr(about)}" if path and about in _OF_PATHS else tr(text)
