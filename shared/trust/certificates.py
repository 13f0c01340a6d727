"""X.509 as Shoal uses it: authorities made from a bare key, leaves, and who a leaf belongs to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from shared.errors import Violation
from shared.facts.ids import DeviceId, device_id
from shared.limits import CERTIFICATE_DAYS
from shared.trust.identity import key_name

Authority = Literal["tracker", "devices"]
LEAF_BYTES_MAX = 1024
TRACKER_LEAF_DAYS = 30
_FROM = datetime(2020, 1, 1, tzinfo=UTC)
_UNTIL = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True)
class TrackerIdentity:
    key: bytes
    """T, the tracker's raw 32-byte public key."""


@dataclass(frozen=True)
class DeviceIdentity:
    dev: DeviceId
    key: bytes
    """The device's raw 32-byte public key."""


Identity = TrackerIdentity | DeviceIdentity


def authority_name(kind: Authority, public: bytes) -> str:
    return f"shoal {kind} {key_name(public)}"


def authority_certificate(kind: Authority, public: bytes) -> bytes:
    """DER of a trust anchor for `public`. Anybody can make it: an anchor's own signature is not checked."""
    name = _name(authority_name(kind, public))
    key = Ed25519PublicKey.from_public_bytes(public)
    ski = x509.SubjectKeyIdentifier.from_public_key(key)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key)
        .serial_number(1)
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(ski, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(ski), critical=False)
        .sign(Ed25519PrivateKey.generate(), None)
        .public_bytes(Encoding.DER)
    )


def tracker_leaf(authority: Ed25519PrivateKey, public: bytes, number: int, now_s: float) -> bytes:
    """DER; signed by T, for the key that tracker `number` serves TLS with until its next start."""
    return _leaf("tracker", authority, public, f"shoal:tracker:{number}", now_s, TRACKER_LEAF_DAYS)


def device_leaf(authority: Ed25519PrivateKey, public: bytes, now_s: float) -> bytes:
    """DER; signed by D. 0.14 ms."""
    return _leaf(
        "devices", authority, public, f"shoal:dev:{device_id(public).hex()}", now_s, CERTIFICATE_DAYS
    )


def who(leaf: bytes, trackers: Collection[bytes], devices: Collection[bytes]) -> Identity | None:
    """Whose leaf this is, by its issuer among these T and D keys, and by its own key.

    Only for a leaf that TLS has verified against anchors made from those keys. None if it is of none of them.
    """
    certificate = _load(leaf)
    names = certificate.issuer.get_attributes_for_oid(NameOID.COMMON_NAME)
    issuer = names[0].value if len(names) == 1 else ""
    for key in trackers:
        if issuer == authority_name("tracker", key):
            return TrackerIdentity(key)
    for key in devices:
        if issuer == authority_name("devices", key):
            public = leaf_key(leaf)
            return DeviceIdentity(device_id(public), public)
    return None


def leaf_key(leaf: bytes) -> bytes:
    """The raw public key of a leaf. Raises Violation for another kind of key."""
    key = _load(leaf).public_key()
    if not isinstance(key, Ed25519PublicKey):
        raise Violation("a certificate with a key of another kind")
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def expires_at_s(leaf: bytes) -> float:
    return _load(leaf).not_valid_after_utc.timestamp()


def _load(leaf: bytes) -> x509.Certificate:
    try:
        return x509.load_der_x509_certificate(leaf)
    except ValueError as error:
        raise Violation("an unreadable certificate") from error


def _leaf(
    kind: Authority, authority: Ed25519PrivateKey, public: bytes, uri: str, now_s: float, days: int
) -> bytes:
    now = datetime.fromtimestamp(now_s, UTC)
    issuer = authority.public_key()
    issuer_ski = x509.SubjectKeyIdentifier.from_public_key(issuer)
    key = Ed25519PublicKey.from_public_bytes(public)
    leaf = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(_name(authority_name(kind, issuer.public_bytes_raw())))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]),
            critical=False,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer_ski), critical=False
        )
        .add_extension(x509.SubjectAlternativeName([x509.UniformResourceIdentifier(uri)]), critical=True)
        .sign(authority, None)
        .public_bytes(Encoding.DER)
    )
    assert len(leaf) <= LEAF_BYTES_MAX
    return leaf


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
