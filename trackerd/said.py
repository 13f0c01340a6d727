"""What the tracker logs: a closed list of events, each with its fields (docs/operation.md)."""

import enum
import logging

log = logging.getLogger("trackerd")


class Event(enum.StrEnum):
    """Names that do not change: an administrator's alarms hang on them."""

    VIOLATION = enum.auto()
    """A client or a stranger broke the protocol: ip, what."""
    REQUEST_FAILED = enum.auto()
    """By a bug of ours: ip."""
    LINK_UP = enum.auto()
    """To another tracker: number, address."""
    LINK_DOWN = enum.auto()
    """number, why."""
    CLOCK_OFF = enum.auto()
    """Another tracker's clock: number, seconds."""


def tell(level: int, event: Event, bug: BaseException | None = None, **fields: object) -> None:
    """One line: the event, and its fields as key=value. Passwords, keys and contents are no fields."""
    if log.isEnabledFor(level):
        log.log(level, "%s", event, extra={"event": event, "fields": fields}, exc_info=bug)
