"""Ed25519 keys of trackers and devices: how they are written, named, and proven to be held."""

import enum
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shared.errors import Damaged, WrongLogin
from shared.facts.ids import device_id, key_id

PrivateKey = Ed25519PrivateKey


class Purpose(enum.IntEnum):
    ENROL = 1
    RENEW = 2


def raw_public(key: PrivateKey) -> bytes:
    """The 32 bytes by which everybody else knows `key`."""
    return key.public_key().public_bytes_raw()


def key_name(public_key: bytes) -> str:
    """32 hex that stand for a raw public key where its 64 are too long."""
    return key_id(public_key).hex()


def to_pem(key: PrivateKey) -> bytes:
    """PKCS#8, not encrypted: the file's mode guards it."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def from_pem(pem: bytes) -> PrivateKey:
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:  # TypeError: somebody encrypted it
        raise Damaged("the key file cannot be read") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise Damaged("the key file holds a key of another kind")
    return key


def proof(key: PrivateKey, purpose: Purpose, t_key: bytes, challenge: bytes, whom: bytes) -> bytes:
    """The signature that shows the tracker T, once, that this side holds a device's key.

    `whom` is the user name as sent, UTF-8, to enrol, and the uid to renew.
    """
    return key.sign(_proven(raw_public(key), purpose, t_key, challenge, whom))


def check_proof(
    public_key: bytes, signature: bytes, purpose: Purpose, t_key: bytes, challenge: bytes, whom: bytes
) -> None:
    """Raises WrongLogin unless the holder of `public_key` made proof() of just these."""
    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
        key.verify(signature, _proven(public_key, purpose, t_key, challenge, whom))
    except (InvalidSignature, ValueError) as error:  # ValueError: not a key at all
        raise WrongLogin("the proof of the device key is wrong") from error


def _proven(public_key: bytes, purpose: Purpose, t_key: bytes, challenge: bytes, whom: bytes) -> bytes:
    parts = (t_key, challenge, device_id(public_key), hashlib.sha256(whom).digest())
    return b"shoal/1 device proof\0" + bytes([purpose]) + b"".join(parts)
