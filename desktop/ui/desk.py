"""What every act of the window needs: the engine, a way to run its commands, a place to tell the outcome."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

from desktop.engine.engine import Engine
from desktop.ui.notices import Notices
from desktop.ui.runner import Runner
from desktop.wording import sentence
from shared.errors import ShoalError
from shared.names import shown

T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    window: QWidget
    engine: Engine
    runner: Runner
    notices: Notices
    download_dir: Path

    def do(
        self,
        coroutine: Coroutine[Any, Any, T],
        said: str | Callable[[T], str] = "",
        command: str = "",
        **arguments: str,
    ) -> None:
        """Runs an engine command, then tells `said`, or why not in the words for `command`."""

        def then(answer: T) -> None:
            text = said(answer) if callable(said) else said
            if text:
                self.notices.tell(text)

        self.runner.run(coroutine, then, lambda error: self.fail(error, command, **arguments))

    def fail(self, error: ShoalError, command: str = "", **arguments: str) -> None:
        self.notices.fail(worded(error, command, **arguments))


def worded(error: ShoalError, command: str = "", **arguments: str) -> str:
    """The sentence for a window: without what to type, as it begins in print."""
    safe = {key: shown(value) for key, value in arguments.items()}
    text = sentence(error, command, **safe).partition("; type: ")[0]
    if any(value and text.startswith(value) for value in safe.values()):
        return text
    return text[:1].upper() + text[1:]
