"""What the tracker logs: a closed list of events, each with its fields (docs/operation.md)."""

import enum
import json
import logging
import re
import sys
from typing import Literal

from shared.names import shown

LogFormat = Literal["text", "json"]
LogLevel = Literal["debug", "info", "warning", "error"]
_BARE = re.compile(r"[^\s\"'=\\]+")
_log = logging.getLogger("trackerd")


class Event(enum.StrEnum):
    """Names that do not change: an administrator's alarms hang on them."""

    PIN_NOT_WRITTEN = enum.auto()
    """The tracker file may not be written, and its line lacks the key: path, number, pin."""
    PIN_MISSING = enum.auto()
    """Another tracker's line has no key, so that tracker is not trusted: path, number."""
    FILE_READ = enum.auto()
    """The tracker file changed and is taken up: path, trackers (a count)."""
    FILE_REFUSED = enum.auto()
    """It changed, and what it said before is kept: path, why."""
    FORGOTTEN = enum.auto()
    """The line of another tracker is `-`, so that no tracker trusts its keys any more: number."""
    REMOVED = enum.auto()
    """This tracker was removed from its network, and stops: number."""
    STORE_DAMAGED = enum.auto()
    """It lies elsewhere now, and a new one is filled from the other trackers: path, why."""
    STORE_SPOILT = enum.auto()
    """It was found to be damaged while the tracker ran, which ends it: why."""
    REFILLING = enum.auto()
    """No client is served before another tracker has given all it has: trackers (a count of the others)."""
    SETTINGS_REFUSED = enum.auto()
    """Those in force are kept: why."""
    LISTENING_ON_ALL = enum.auto()
    """The address of its line is none of this computer's: host."""
    METRICS_ON = enum.auto()
    """Where the page for Prometheus is: address."""
    CLOSED = enum.auto()
    """A connection of a client or a stranger: ip, why."""
    VIOLATION = enum.auto()
    """A client or a stranger broke the protocol: ip, what."""
    REQUEST_FAILED = enum.auto()
    """By a bug of ours: ip."""
    LINK_UP = enum.auto()
    """To another tracker: number, address."""
    LINK_DOWN = enum.auto()
    """number, why."""
    TWIN = enum.auto()
    """Two runs of one tracker are there at once, of its folder and of a copy: number, address."""
    LINK_FAILED = enum.auto()
    """It ended by a bug of ours: number."""
    CLOCK_OFF = enum.auto()
    """Another tracker's clock: number, seconds."""
    DIVERGED = enum.auto()
    """Another tracker has seen the same and has not the same: number, scopes (a count)."""
    NOT_COMPARED = enum.auto()
    """The rows could not be read for that: why."""
    COLLECTED = enum.auto()
    """What had been over for long, and every tracker knew of, was deleted: rows (a count)."""
    NOT_COLLECTED = enum.auto()
    """The store could not be read or written for that: why."""
    OTHER = enum.auto()
    """What a library under us has to say: by, text."""


def tell(level: int, event: Event, bug: BaseException | None = None, **fields: object) -> None:
    """One line: the event, and its fields as key=value. Passwords, keys and contents are no fields."""
    if _log.isEnabledFor(level):
        _log.log(level, "%s", _line(event, fields), extra={"event": event, "fields": fields}, exc_info=bug)


def start_log(form: LogFormat, level: LogLevel) -> None:
    """To standard error, all that is told from now on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if form == "json" else _Text())
    logging.basicConfig(handlers=[handler])
    set_level(level)


def set_level(level: LogLevel) -> None:
    logging.getLogger().setLevel(level.upper())


class _Text(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  as logging calls it
        return f"{self.formatTime(record)} {record.levelname.lower()} {_line(*_event_of(record))}"


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        event, fields = _event_of(record)
        line = {"at": round(record.created, 3), "level": record.levelname.lower(), "event": event}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line | fields, default=str)


def _event_of(record: logging.LogRecord) -> tuple[Event, dict[str, object]]:
    told = vars(record)
    if "event" in told:
        return told["event"], told["fields"]
    return Event.OTHER, {"by": record.name, "text": record.getMessage()}


def _line(event: Event, fields: dict[str, object]) -> str:
    return " ".join([event, *(f"{name}={_word(value)}" for name, value in fields.items())])


def _word(value: object) -> str:
    """So that it is seen where a value ends, whoever chose it."""
    text = str(value)
    return shown(text if _BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False))
