"""Accounts and the devices that are logged in to them."""

from typing import Annotated

import msgspec

from shared.facts.ids import Dev, Key32, Nonce, Signature, Uid
from shared.limits import LABEL_CHARS_MAX, PASSWORD_BYTES_MAX
from shared.wire.tracker.bases import Answer, Message, Name, ShownName

Password = Annotated[str, msgspec.Meta(max_length=PASSWORD_BYTES_MAX)]
Label = Annotated[str, msgspec.Meta(max_length=LABEL_CHARS_MAX)]


class Created(Answer, frozen=True):
    uid: Uid
    name: ShownName


class CreateUser(Message, frozen=True, tag=2):
    answer = Created
    nonce: Nonce
    name: Name
    password: Password
    again: bool = False
    """On every write: this is a repetition, so what is in the asked state already is success."""


class LoggedIn(Answer, frozen=True):
    uid: Uid
    name: ShownName
    dev: Dev
    certificate: Annotated[bytes, msgspec.Meta(max_length=1024)]
    """DER of the device's new leaf; for the next connections, as this one is bound already."""


class Login(Message, frozen=True, tag=3):
    answer = LoggedIn
    name: ShownName
    password: Password
    dev_key: Key32
    proof: Signature
    label: Label
    again: bool = False


class Renew(Message, frozen=True, tag=4):
    answer = LoggedIn
    dev: Dev
    proof: Signature
    again: bool = False


class Logout(Message, frozen=True, tag=5):
    forget: bool = False
    again: bool = False


class ChangePassword(Message, frozen=True, tag=6):
    old: Password
    new: Password
    again: bool = False


class DeleteUser(Message, frozen=True, tag=7):
    password: Password
    again: bool = False


class RevokeDevice(Message, frozen=True, tag=8):
    dev: Dev
    again: bool = False
