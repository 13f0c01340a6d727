"""What every command answers with, and how the words are read that many of them take."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from desktop.engine.engine import Engine
from shared.errors import BadArgument

_LAST_DAY_S = 253_402_300_799
"""9999-12-31, which is as far as a date can be written."""


@dataclass(frozen=True)
class Answer:
    """One command's result: `result` for --json, `lines` for people."""

    lines: list[str]
    result: dict[str, object] = field(default_factory=dict)


class Acts:
    """Commands, a method each, with their arguments as typed. Raises ShoalError for a refusal, which the
    prompt words."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine


def whole_number(text: str, what: str) -> int:
    """Raises BadArgument, which says that it is not `what`."""
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadArgument(f"{text!r} is not {what}")
    return int(text)


def is_on(text: str) -> bool:
    if text not in ("on", "off"):
        raise BadArgument(f"{text!r} is neither on nor off")
    return text == "on"


def path_of(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # `~name` of nobody: a file may be called so
        return Path(text)


def minute(at: int) -> str:
    return datetime.fromtimestamp(min(at, _LAST_DAY_S), UTC).strftime("%Y-%m-%d %H:%M UTC")


def day(at: int) -> str:
    return datetime.fromtimestamp(min(at, _LAST_DAY_S), UTC).strftime("%Y-%m-%d")
