"""Messages of D-Bus, as the specification has them and as hostile programs may send them."""

from dataclasses import replace

import pytest

from desktop.bus.wire import Kind, Message, bus_address, decoded, encoded, whole
from shared.limits import BUS_BYTES_MAX

HELLO = bytes.fromhex(
    "6c01000100000000010000006d00000001016f00150000002f6f72672f66726565646573"
    "6b746f702f444275730000000201730014000000"
) + (
    b"org.freedesktop.DBus\0\0\0\0\x03\x01s\0\x05\0\0\0Hello\0\0\0\x06\x01s\0\x14\0\0\0org.freedesktop.DBus\0\0\0\0"
)
"""The first message of every program, put together by hand from the specification."""
CALL = Message(
    Kind.CALL,
    path="/a",
    interface="a.b",
    member="Do",
    to="c.d",
    signature="ysuas(ix)a{sv}bd",
    body=[7, "ü", 2**32 - 1, ["x", ""], (-1, 2**40), [("k", ("u", 1))], 1, 0.5],
    serial=9,
)


def test_a_call_is_written_as_the_specification_has_it() -> None:
    name = "org.freedesktop.DBus"
    assert encoded(Message(Kind.CALL, "/org/freedesktop/DBus", name, "Hello", name, serial=1)) == HELLO


def test_what_is_written_is_read_again_whole_and_no_part_of_it_is() -> None:
    data = encoded(CALL)
    assert decoded(data) == CALL
    assert whole(data) == whole(data[:16]) == len(data)
    assert whole(data[:15]) == 0
    for end in range(len(data)):
        assert end < 16 or decoded(data[:end]) is None


def test_numbers_may_come_in_the_other_order() -> None:
    swapped = bytes.fromhex(
        "42020001 00000004 00000001 0000000f  0501750000000009 0801670001750000  0000002a"
    )
    assert whole(swapped) == len(swapped)
    assert decoded(swapped) == Message(Kind.REPLY, signature="u", body=[42], serial=1, reply_to=9)


@pytest.mark.parametrize("signature", ["v" * 3, "a" * 200 + "y", "(((((y)))))", "h", "z", "a", "("])
def test_types_that_nobody_needs_are_no_message(signature: str) -> None:
    plain = encoded(replace(CALL, signature="s" * len(signature), body=["x"] * len(signature)))
    assert decoded(plain) is not None
    said = plain.replace(b"s" * len(signature) + b"\0", signature.encode() + b"\0")
    assert decoded(said) is None


@pytest.mark.parametrize("head", [b"x" + bytes(15), b"l\1\0\1" + b"\xff" * 12, b"HTTP/1.1 400 Bad"])
def test_what_is_too_long_or_of_another_protocol_is_refused_by_its_first_bytes(head: bytes) -> None:
    with pytest.raises(ValueError, match="message of the bus"):
        whole(head)
    too_long = replace(CALL, signature="s", body=["x" * BUS_BYTES_MAX])
    with pytest.raises(ValueError, match="message of the bus"):
        whole(encoded(too_long))


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus"}, ("/run/user/1000/bus", False)),
        ({"DBUS_SESSION_BUS_ADDRESS": "unix:abstract=/tmp/dbus-X,guid=0f"}, ("/tmp/dbus-X", True)),
        ({"DBUS_SESSION_BUS_ADDRESS": "tcp:host=x,port=1;unix:path=/a%20b,guid=1"}, ("/a b", False)),
        ({"DBUS_SESSION_BUS_ADDRESS": "autolaunch:", "XDG_RUNTIME_DIR": "/run/user/1"}, None),
        ({"DBUS_SESSION_BUS_ADDRESS": "unix:path"}, None),
        ({"XDG_RUNTIME_DIR": "/run/user/1000"}, ("/run/user/1000/bus", False)),
        ({}, None),
    ],
)
def test_the_bus_is_where_the_session_says(said: dict[str, str], place: tuple[str, bool] | None) -> None:
    assert bus_address(said) == place
