"""X.509 around the keys: a trust anchor from a public key alone, both kinds of leaf, and whose a leaf is."""

import datetime
import functools
import hashlib
import secrets
from collections.abc import Collection
from typing import Literal, NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from shared.errors import Violation
from shared.facts.ids import DeviceId, device_id
from shared.limits import CERTIFICATE_BYTES_MAX, CERTIFICATE_DAYS
from shared.trust.identity import PrivateKey, key_name, raw_public

Kind = Literal["tracker", "devices"]
"""Which of a tracker's two authorities: T, its identity, or D, which certifies devices."""

_DAY = datetime.timedelta(days=1)
_SINCE = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
_FOR_EVER = datetime.datetime(9999, 12, 31, 23, 59, 59, tzinfo=datetime.UTC)
_LEAF_USES = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH])
# Nobody checks a trust anchor's own signature, so the key that makes it may be known to all.
_THROW_AWAY = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"shoal: signs no one").digest())


class Leaf(NamedTuple):
    """What one end of a connection shows, and the key that goes with it."""

    der: bytes
    key: PrivateKey


class TrackerIdentity(NamedTuple):
    key: bytes
    """T, the raw public key."""


class DeviceIdentity(NamedTuple):
    dev: DeviceId
    key: bytes
    """The device's raw public key."""


Identity = TrackerIdentity | DeviceIdentity


@functools.lru_cache(maxsize=1024)
def ca_certificate(kind: Kind, public_key: bytes) -> bytes:
    """DER of the trust anchor for an authority. Equal for equal keys; proves nothing by itself."""
    return (
        _certificate(_name(kind, public_key), _name(kind, public_key), public_key, public_key)
        .serial_number(1)
        .not_valid_before(_SINCE)
        .not_valid_after(_FOR_EVER)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
        .sign(_THROW_AWAY, None)
        .public_bytes(serialization.Encoding.DER)
    )


def tracker_leaf(t_key: PrivateKey, public_key: bytes, number: int) -> bytes:
    """DER of what one run of tracker `number` shows to clients, and to other trackers.

    At any time: trackers link however wrong a clock is, and the key is gone with the run.
    """
    return _leaf("tracker", t_key, public_key, f"shoal:tracker:{number}", _SINCE, _FOR_EVER)


def device_leaf(d_key: PrivateKey, public_key: bytes, now_s: float) -> bytes:
    """DER of what a device shows to trackers and to peers, for 7 days."""
    uri = f"shoal:dev:{device_id(public_key).hex()}"
    now = datetime.datetime.fromtimestamp(int(now_s), datetime.UTC)
    # Clocks differ.
    return _leaf("devices", d_key, public_key, uri, now - _DAY, now + CERTIFICATE_DAYS * _DAY)


def expires_at_s(der: bytes) -> int:
    """Seconds since the epoch. Raises Violation for what is no certificate."""
    return int(_parse(der)[0].not_valid_after_utc.timestamp())


def who(der: bytes, t_keys: Collection[bytes], d_keys: Collection[bytes]) -> Identity:
    """Whose leaf it is, by its issuer. Only for a leaf that TLS verified against just these authorities."""
    certificate, key = _parse(der)
    for t_key in t_keys:
        if certificate.issuer == _name("tracker", t_key):
            return TrackerIdentity(t_key)
    if any(certificate.issuer == _name("devices", d_key) for d_key in d_keys):
        return DeviceIdentity(device_id(key), key)
    raise Violation("a certificate of an authority that is not trusted here")


def is_leaf_of(der: bytes, t_key: bytes) -> bool:
    """Whether the tracker T signed it: what an unverified first contact may be asked, and nothing more."""
    certificate, _ = _parse(der)
    try:
        authority = x509.load_der_x509_certificate(ca_certificate("tracker", t_key))
        certificate.verify_directly_issued_by(authority)
    except (InvalidSignature, ValueError, TypeError):  # another signer, no key at all, another algorithm
        return False
    return True


def _leaf(
    kind: Kind,
    authority: PrivateKey,
    public_key: bytes,
    uri: str,
    since: datetime.datetime,
    until: datetime.datetime,
) -> bytes:
    ca_key = raw_public(authority)
    return (
        _certificate(x509.Name([]), _name(kind, ca_key), public_key, ca_key)
        .serial_number(1 << 126 | secrets.randbits(126))  # of one length, so that leaves are
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(signs_certificates=False), critical=True)
        .add_extension(_LEAF_USES, critical=False)
        # For people who look at it: code goes by the keys alone. Critical, as the subject is empty.
        .add_extension(x509.SubjectAlternativeName([x509.UniformResourceIdentifier(uri)]), critical=True)
        .sign(authority, None)
        .public_bytes(serialization.Encoding.DER)
    )


def _certificate(
    subject: x509.Name, issuer: x509.Name, public_key: bytes, ca_key: bytes
) -> x509.CertificateBuilder:
    key = Ed25519PublicKey.from_public_bytes(public_key)
    issued_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(Ed25519PublicKey.from_public_bytes(ca_key))
    return (
        x509.CertificateBuilder(issuer, subject, key)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(issued_by, critical=False)
    )


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


@functools.lru_cache(maxsize=1024)
def _name(kind: Kind, public_key: bytes) -> x509.Name:
    """Unique by the key's hash, so that an issuer's name says which authority signed."""
    text = f"shoal {kind} {key_name(public_key)}"
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _parse(der: bytes) -> tuple[x509.Certificate, bytes]:
    """A leaf and its raw public key."""
    if len(der) > CERTIFICATE_BYTES_MAX:
        raise Violation(f"a certificate of {len(der)} bytes")
    try:
        certificate = x509.load_der_x509_certificate(der)
        key = certificate.public_key()
        _ = certificate.issuer  # parsed only when asked for
    except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion) as error:
        raise Violation("an unreadable certificate") from error
    if not isinstance(key, Ed25519PublicKey):
        raise Violation("a certificate with a key of another kind")
    return certificate, key.public_bytes_raw()
