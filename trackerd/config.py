"""The daemon's settings: a TOML file under what is typed, each declared once."""

import hashlib
import os
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
import platformdirs

from shared.addresses import parse_address
from shared.errors import BadArgument
from shared.facts.ids import TrackerNumber
from trackerd.passwords import Argon2
from trackerd.rules import Quotas
from trackerd.said import LogFormat, LogLevel

S = TypeVar("S", bound=msgspec.Struct)


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    tracker_info: Path
    number: TrackerNumber
    """Which line of that file, counted from 1."""
    data: Path
    log_format: LogFormat = msgspec.field(default="text", name="log-format")
    log_level: LogLevel = msgspec.field(default="info", name="log-level")
    stop_at_eof: bool = msgspec.field(default=False, name="stop-at-eof")
    """Ends with the program that holds the other end of standard input."""
    listen_on_all: bool = msgspec.field(default=False, name="listen-on-all")
    """Also on addresses of this computer that its line does not name."""
    penalise_loopback: bool = msgspec.field(default=False, name="penalise-loopback")
    metrics: str = ""
    """HOST:PORT of the page for Prometheus; empty for none."""
    registration: Literal["open", "closed"] = "open"
    """Whether whoever reaches the tracker may make an account."""
    limits: Quotas = Quotas()
    argon2: Argon2 = Argon2()

    def __post_init__(self) -> None:
        if self.metrics:
            parse_address(self.metrics)


class Place(msgspec.Struct, frozen=True):
    """Which tracker a tool is for. Its other settings are not looked at."""

    data: Path
    tracker_info: Path | None = None
    number: TrackerNumber | None = None


def load(path: Path | None, typed: dict[str, Any]) -> Settings:
    """What was `typed`, by the names in the file, beats what the file says. Paths in the file may be
    relative to it. Raises BadArgument, OSError."""
    return _load(path, typed, Settings)


def load_place(path: Path | None, typed: dict[str, Any]) -> Place:
    """As load(); `data` alone is enough."""
    return _load(path, typed, Place)


def _load(path: Path | None, typed: dict[str, Any], kind: type[S]) -> S:
    told: dict[str, Any] = {}
    try:
        if path is not None:
            told = msgspec.toml.decode(path.read_bytes(), type=dict[str, Any])
            for name in ("tracker_info", "data"):
                if isinstance(told.get(name), str):
                    told[name] = str(path.parent / told[name])
        told |= {name: value for name, value in typed.items() if value is not None}
        if "data" not in told and "tracker_info" in told and "number" in told:
            told["data"] = str(default_data(Path(told["tracker_info"]), told["number"]))
        return msgspec.convert(told, kind, dec_hook=lambda kind, value: kind(value))
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadArgument(f"{path or 'arguments'}: {error}") from error


def default_data(tracker_info: Path, number: int) -> Path:
    """Where a tracker keeps its state: of two networks on one computer, each tracker has a folder."""
    if state := os.environ.get("STATE_DIRECTORY"):
        return Path(state.partition(":")[0])
    network = hashlib.sha256(str(tracker_info.resolve()).encode()).hexdigest()[:16]
    return platformdirs.user_data_path("shoal-trackerd", appauthor=False) / f"{network}-{number}"
