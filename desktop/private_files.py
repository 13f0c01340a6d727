"""Files of the profile: readable by their owner alone, and replaced whole or not at all."""

import json
import os
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from shared.errors import BadArgument

S = TypeVar("S", bound=msgspec.Struct)


def make_folder(path: Path) -> Path:
    """`path`, closed to others also where it was there already; so is what has to be made above it."""
    if not path.parent.exists():
        make_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    path.chmod(0o700)
    return path


def is_private(path: Path) -> bool:
    """Whether nobody else may read it. Windows keeps a profile private by its place."""
    return os.name == "nt" or not path.stat().st_mode & 0o077


def replace(path: Path, content: bytes) -> None:
    """After a crash the file has the old content or the new one. One process writes at a time."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    if os.name != "nt":  # there, a folder cannot be opened, and the rename is durable by itself
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def read_toml(path: Path, kind: type[S]) -> S | None:
    """None where there is no such file. Raises BadArgument, which names the file and the key."""
    try:
        raw = tomllib.loads(path.read_bytes().decode(errors="surrogateescape"))
        return msgspec.convert(raw, kind, dec_hook=lambda wanted, value: wanted(value))
    except FileNotFoundError:
        return None
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, TypeError) as error:
        raise BadArgument(f"{path}: {error}") from error


def write_toml(path: Path, value: msgspec.Struct) -> None:
    """Fields are plain values, lists of them, and, last, lists of flat Structs. None is left out."""
    text = _table(msgspec.to_builtins(value, enc_hook=str))
    replace(path, text.encode(errors="surrogateescape"))  # a path may hold bytes that are no UTF-8


def _table(fields: dict[str, Any]) -> str:
    lines = []
    for key, value in fields.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"\n[[{key}]]\n{_table(table)}" for table in value]
        elif value is not None:
            # JSON is TOML here, but for the one control character that JSON lets pass.
            lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}\n".replace("\x7f", "\\u007f"))
    return "".join(lines)
