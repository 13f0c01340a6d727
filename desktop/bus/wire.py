"""The messages of D-Bus, byte for byte, as far as a program needs them that calls services and hears signals.

Not by Qt: its Python binding has no way to an unsigned number of 32 bits, which notifications need, and
libdbus ends the whole program where a number is not of the type that was said.
"""

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any
from urllib.parse import unquote

from shared.limits import BUS_BYTES_MAX

Value = Any
"""int, str, list of values, tuple of the values of a structure; of a variant (signature, value)."""
_NUMBERS = {"y": "B", "n": "h", "q": "H", "b": "I", "i": "i", "u": "I", "x": "q", "t": "Q", "d": "d"}
_TEXTS = "sog"
_ALIGNED = {"s": 4, "o": 4, "g": 1, "v": 1, "a": 4, "(": 8, "{": 8}
_HEAD = "yyyyuua(yv)"
_HEAD_BYTES = 16
"""Up to the fields, with their length."""
_ONE_TYPE = re.compile(r"a{0,4}([ynqbiuxtdsogv]|\([a-z]+\)|\{[a-z]+\})")
"""A complete one; none that we send or read has structures in structures."""


class Kind(IntEnum):
    CALL = 1
    REPLY = 2
    ERROR = 3
    SIGNAL = 4


_PATH, _INTERFACE, _MEMBER, _ERROR, _REPLY_TO, _TO, _FROM, _SIGNATURE = range(1, 9)
_FIELD_TYPES = {_PATH: "o", _REPLY_TO: "u", _SIGNATURE: "g"}
_NAMES = {_PATH: "path", _INTERFACE: "interface", _MEMBER: "member", _ERROR: "error", _REPLY_TO: "reply_to",
          _TO: "to", _FROM: "sender", _SIGNATURE: "signature"}  # fmt: skip


@dataclass(frozen=True)
class Message:
    kind: Kind
    path: str = ""
    interface: str = ""
    member: str = ""
    to: str = ""
    signature: str = ""
    """Of `body`, whose values these are."""
    body: list[Value] = field(default_factory=list)
    serial: int = 0
    reply_to: int = 0
    error: str = ""
    sender: str = ""


def encoded(message: Message) -> bytes:
    body, head = _Writer(), _Writer()
    body.put_all(message.signature, message.body)
    fields = [
        (number, (_FIELD_TYPES.get(number, "s"), getattr(message, name)))
        for number, name in _NAMES.items()
        if getattr(message, name)
    ]
    size = len(body.made)
    head.put_all(_HEAD, [ord("l"), message.kind, 0, 1, size, message.serial, fields])
    head.align(8)
    return bytes(head.made + body.made)


def whole(data: bytes) -> int:
    """How many bytes the first message in `data` has; 0 while that cannot be said. Raises ValueError for
    what is none, or longer than BUS_BYTES_MAX."""
    if len(data) < _HEAD_BYTES:
        return 0
    order = _order(data)
    (body,) = struct.unpack_from(order + "I", data, 4)
    (fields,) = struct.unpack_from(order + "I", data, 12)
    size: int = _HEAD_BYTES + fields + -fields % 8 + body
    if size > BUS_BYTES_MAX:
        raise ValueError("too long a message of the bus")
    return size


def decoded(data: bytes) -> Message | None:
    """Of one whole message. None for one of a kind or with values that are of no use here, or malformed."""
    try:
        reader = _Reader(data, _order(data))
        _, kind, _, _, _, serial, fields = reader.get_all(_HEAD)
        named = {_NAMES[number]: value for number, (_, value) in fields if number in _NAMES}
        reader.align(8)
        return Message(Kind(kind), body=reader.get_all(named.get("signature", "")), serial=serial, **named)
    except (ValueError, TypeError):
        return None


def bus_address(surroundings: Mapping[str, str]) -> tuple[str, bool] | None:
    """Where the session's bus listens, and whether that is a name in Linux' abstract space; None where there
    is none on a socket of this computer."""
    said = surroundings.get("DBUS_SESSION_BUS_ADDRESS")
    if said is None:
        folder = surroundings.get("XDG_RUNTIME_DIR")
        return (f"{folder}/bus", False) if folder else None
    for place in said.split(";"):
        transport, _, rest = place.partition(":")
        options = dict(option.split("=", 1) for option in rest.split(",") if "=" in option)
        for key in ("path", "abstract"):
            if transport == "unix" and options.get(key):
                return unquote(options[key]), key == "abstract"
    return None


def _order(data: bytes) -> str:
    try:
        return {ord("l"): "<", ord("B"): ">"}[data[0]]
    except KeyError:
        raise ValueError("no message of the bus") from None


def _types(signature: str) -> Iterator[str]:
    while signature:
        found = _ONE_TYPE.match(signature)
        if not found:
            raise ValueError(f"no type that is known here: {signature}")
        yield found[0]
        signature = signature[found.end() :]


def _aligned(kind: str) -> int:
    return struct.calcsize(_NUMBERS[kind]) if kind in _NUMBERS else _ALIGNED[kind]


class _Writer:
    def __init__(self) -> None:
        self.made = bytearray()

    def align(self, to: int) -> None:
        self.made += bytes(-len(self.made) % to)

    def put_all(self, signature: str, values: list[Value] | tuple[Value, ...]) -> None:
        for kind, value in zip(_types(signature), values, strict=True):
            self._put(kind, value)

    def _put(self, kind: str, value: Value) -> None:
        self.align(_aligned(kind[0]))
        if kind in _NUMBERS:
            self.made += struct.pack("<" + _NUMBERS[kind], value)
        elif kind in _TEXTS:
            text = value.encode()
            self.made += struct.pack("B" if kind == "g" else "<I", len(text)) + text + b"\0"
        elif kind == "v":
            self.put_all("g" + value[0], value)
        elif kind[0] == "a":
            self._put_array(kind[1:], value)
        else:
            self.put_all(kind[1:-1], value)

    def _put_array(self, kind: str, values: list[Value]) -> None:
        at = len(self.made)
        self.made += bytes(4)
        self.align(_aligned(kind[0]))  # which does not count
        begin = len(self.made)
        for value in values:
            self._put(kind, value)
        struct.pack_into("<I", self.made, at, len(self.made) - begin)


class _Reader:
    def __init__(self, data: bytes, order: str) -> None:
        self._data, self._order, self._at = data, order, 0

    def align(self, to: int) -> None:
        self._at += -self._at % to

    def get_all(self, signature: str) -> list[Value]:
        return [self._get(kind) for kind in _types(signature)]

    def _get(self, kind: str) -> Value:
        self.align(_aligned(kind[0]))
        if kind in _NUMBERS:
            return self._number(_NUMBERS[kind])
        if kind in _TEXTS:
            text = self._take(self._number("B" if kind == "g" else "I"))
            self._take(1)
            return text.decode()
        if kind == "v":
            inside = self._get("g")
            if (
                inside not in _NUMBERS and inside not in _TEXTS
            ):  # else they may be as deep as a message is long
                raise ValueError(f"a variant of {inside}")
            return inside, self._get(inside)
        if kind[0] == "a":
            return list(self._array(kind[1:]))
        return tuple(self.get_all(kind[1:-1]))

    def _array(self, kind: str) -> Iterator[Value]:
        size = self._number("I")
        self.align(_aligned(kind[0]))
        end = self._at + size
        while self._at < end:
            yield self._get(kind)

    def _number(self, code: str) -> Any:
        size = struct.calcsize(code)
        return struct.unpack(self._order + code, self._take(size))[0]

    def _take(self, size: int) -> bytes:
        taken = self._data[self._at : self._at + size]
        if len(taken) < size:
            raise ValueError("a message of the bus ends early")
        self._at += size
        return taken
