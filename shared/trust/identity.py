"""Ed25519 keys: how they are named and kept as text, and the proof that a device holds its own."""

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shared.errors import Damaged, WrongLogin

ENROL = 1
RENEW = 2
_PROOF = b"shoal/1 device proof\x00"


def raw_public(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes that name the key everywhere: in pins, rows and ids."""
    return key.public_key().public_bytes_raw()


def key_name(public: bytes) -> str:
    """32 hex digits, as they stand in the names of certificate authorities."""
    return hashlib.sha256(public).hexdigest()[:32]


def to_pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def from_pem(pem: bytes) -> Ed25519PrivateKey:
    """Raises Damaged for anything but an Ed25519 key."""
    try:
        key = serialization.load_pem_private_key(pem, None)
    except (ValueError, TypeError) as error:
        raise Damaged("the key file holds no key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise Damaged("the key file holds a key of another kind")
    return key


def enrol_subject(user: str) -> bytes:
    """What an enrolment is proven for; a renewal is proven for the uid itself."""
    return hashlib.sha256(user.encode()).digest()


def proof(
    key: Ed25519PrivateKey, purpose: int, tracker_key: bytes, challenge: bytes, dev: bytes, subject: bytes
) -> bytes:
    """The device key's signature over this tracker's challenge, so that nobody enrols another's key."""
    return key.sign(_proven(purpose, tracker_key, challenge, dev, subject))


def check_proof(
    public: bytes,
    signature: bytes,
    purpose: int,
    tracker_key: bytes,
    challenge: bytes,
    dev: bytes,
    subject: bytes,
) -> None:
    """Raises WrongLogin."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(
            signature, _proven(purpose, tracker_key, challenge, dev, subject)
        )
    except (InvalidSignature, ValueError) as error:
        raise WrongLogin from error


def _proven(purpose: int, tracker_key: bytes, challenge: bytes, dev: bytes, subject: bytes) -> bytes:
    return b"".join((_PROOF, bytes([purpose]), tracker_key, challenge, dev, subject))
