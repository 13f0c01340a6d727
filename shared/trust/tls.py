"""TLS contexts, one for each use, each trusting only what that use may meet; and who the other side is.

TLS 1.3 only, no names, no tickets. A context is built anew when what it trusts changes, never edited.
"""

import ssl
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.trust.certificates import Identity, authority_certificate, who
from shared.trust.identity import to_pem

ALPN_CLIENT = "shoal-client/1"
ALPN_TRACKER = "shoal-tracker/1"
ALPN_PEER = "shoal-peer/1"


@dataclass(frozen=True)
class Leaf:
    """What this side shows of itself, and the key that goes with it."""

    certificate: bytes
    """DER."""
    key: Ed25519PrivateKey


def dial_tracker(t_key: bytes, alpn: str, leaf: Leaf | None) -> ssl.SSLContext:
    """For a client or tracker that dials the tracker whose T is `t_key`, and no other."""
    return _context(ssl.PROTOCOL_TLS_CLIENT, [alpn], leaf, [authority_certificate("tracker", t_key)])


def tracker_server(leaf: Leaf, t_keys: Collection[bytes], d_keys: Collection[bytes]) -> ssl.SSLContext:
    """For a tracker that accepts: other trackers of its file, devices of active D's, and strangers without
    a certificate, who may only log in."""
    anchors = [authority_certificate("tracker", key) for key in t_keys]
    anchors += [authority_certificate("devices", key) for key in d_keys]
    context = _context(ssl.PROTOCOL_TLS_SERVER, [ALPN_CLIENT, ALPN_TRACKER], leaf, anchors)
    context.verify_mode = ssl.CERT_OPTIONAL
    return context


def peer(leaf: Leaf, d_keys: Collection[bytes], *, server_side: bool) -> ssl.SSLContext:
    """For peers, who meet only devices of active D's. 1.5 ms."""
    protocol = ssl.PROTOCOL_TLS_SERVER if server_side else ssl.PROTOCOL_TLS_CLIENT
    return _context(protocol, [ALPN_PEER], leaf, [authority_certificate("devices", key) for key in d_keys])


def first_contact(alpn: str) -> ssl.SSLContext:
    """Trusts whoever answers. Only to see the key of a tracker that the file gives no pin for: nothing is
    said over it but Hello, and the tracker is then dialled again, strictly, by the key it showed."""
    context = _context(ssl.PROTOCOL_TLS_CLIENT, [alpn], None, [])
    context.verify_mode = ssl.CERT_NONE
    return context


def identity_of(tls: ssl.SSLObject, t_keys: Collection[bytes], d_keys: Collection[bytes]) -> Identity | None:
    """Who is at the other end of a finished handshake; None for who showed no certificate."""
    leaf = tls.getpeercert(binary_form=True)
    return who(leaf, t_keys, d_keys) if leaf else None


def _context(protocol: int, alpn: list[str], leaf: Leaf | None, anchors: list[bytes]) -> ssl.SSLContext:
    context = ssl.SSLContext(protocol)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False  # names are not trusted here, keys are
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    context.set_alpn_protocols(alpn)
    if protocol == ssl.PROTOCOL_TLS_SERVER:
        context.num_tickets = 0
    if anchors:
        context.load_verify_locations(cadata=b"".join(anchors))
    if leaf is not None:
        _load(context, leaf)
    return context


def _load(context: ssl.SSLContext, leaf: Leaf) -> None:
    """Python's ssl takes a key only from a file: one that nobody else may read, gone at once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "leaf.pem"
        path.touch(0o600)
        path.write_bytes(to_pem(leaf.key) + ssl.DER_cert_to_PEM_cert(leaf.certificate).encode())
        context.load_cert_chain(path)
