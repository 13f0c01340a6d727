"""Tags of messages that only a newer program knows."""

from collections.abc import Container

import msgspec

from shared.facts.rows import UNREADABLE

_items = msgspec.msgpack.Decoder(list[msgspec.Raw])


def known_tags(*bases: type[msgspec.Struct]) -> frozenset[object]:
    """Of all messages that are made from these."""
    return frozenset(kind.__struct_config__.tag for base in bases for kind in base.__subclasses__())


def is_newer(body: bytes, known: Container[object]) -> bool:
    """Whether `body`, which could not be read, has a tag that is not among the `known`."""
    try:
        tag = msgspec.msgpack.decode(_items.decode(body)[0], type=int)
    except (*UNREADABLE, IndexError):
        return False
    return tag not in known
