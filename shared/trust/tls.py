"""TLS contexts for each use, which trust what that use must and nothing else, and who is at the other end.

A context is built anew when a set of keys changes (1.5 ms), and never edited.
"""

import ssl
import tempfile
from collections.abc import Collection
from pathlib import Path

from shared.errors import Violation
from shared.trust.certificates import (
    DeviceIdentity,
    Identity,
    Leaf,
    TrackerIdentity,
    ca_certificate,
    who,
)
from shared.trust.identity import to_pem

ALPN_CLIENT = "shoal-client/1"
ALPN_TRACKER = "shoal-tracker/1"
ALPN_PEER = "shoal-peer/1"

# Who may be at the other end, by what is spoken and whether this end was dialled. None is anonymous.
_EXPECTED: dict[tuple[str | None, bool], tuple[type[Identity | None], ...]] = {
    (ALPN_CLIENT, False): (TrackerIdentity,),
    (ALPN_CLIENT, True): (DeviceIdentity, type(None)),
    (ALPN_TRACKER, False): (TrackerIdentity,),
    (ALPN_TRACKER, True): (TrackerIdentity,),
    (ALPN_PEER, False): (DeviceIdentity,),
    (ALPN_PEER, True): (DeviceIdentity,),
}


def client_to_tracker(t_key: bytes, leaf: Leaf | None) -> ssl.SSLContext:
    """Dials the tracker T and no other, as the device of `leaf` or as nobody."""
    return _context(ssl.PROTOCOL_TLS_CLIENT, ssl.CERT_REQUIRED, [ALPN_CLIENT], leaf, t_keys=[t_key])


def tracker_to_tracker(t_key: bytes, leaf: Leaf) -> ssl.SSLContext:
    return _context(ssl.PROTOCOL_TLS_CLIENT, ssl.CERT_REQUIRED, [ALPN_TRACKER], leaf, t_keys=[t_key])


def tracker_server(leaf: Leaf, t_keys: Collection[bytes], d_keys: Collection[bytes]) -> ssl.SSLContext:
    """`t_keys` are those of the tracker's own file, `d_keys` the active ones."""
    alpn = [ALPN_CLIENT, ALPN_TRACKER]
    return _context(ssl.PROTOCOL_TLS_SERVER, ssl.CERT_OPTIONAL, alpn, leaf, t_keys=t_keys, d_keys=d_keys)


def peer_context(leaf: Leaf, d_keys: Collection[bytes], *, server_side: bool) -> ssl.SSLContext:
    protocol = ssl.PROTOCOL_TLS_SERVER if server_side else ssl.PROTOCOL_TLS_CLIENT
    return _context(protocol, ssl.CERT_REQUIRED, [ALPN_PEER], leaf, d_keys=d_keys)


def first_contact() -> ssl.SSLContext:
    """Verifies nothing: for one Hello to a tracker whose line has no pin, and never for a password.

    The key of the Welcome counts once certificates.is_leaf_of() holds for the leaf shown here; then connect
    again with client_to_tracker().
    """
    return _context(ssl.PROTOCOL_TLS_CLIENT, ssl.CERT_NONE, [ALPN_CLIENT], None)


def who_is(
    tls: ssl.SSLObject | ssl.SSLSocket, t_keys: Collection[bytes], d_keys: Collection[bytes]
) -> Identity | None:
    """Who is at the other end of a finished handshake; None is an anonymous client.

    The keys are those that its context trusts. Raises Violation for whoever has no place at the other end of
    this kind of link, as it may trust both kinds of authority. That it is the very tracker or device that was
    dialled, and not oneself, is for the dialler to check.
    """
    der = None if tls.context.verify_mode is ssl.CERT_NONE else tls.getpeercert(binary_form=True)
    identity = None if der is None else who(der, t_keys, d_keys)
    alpn = tls.selected_alpn_protocol()
    if type(identity) not in _EXPECTED.get((alpn, tls.server_side), ()):
        raise Violation(f"{type(identity).__name__} has no place on a link of {alpn}")
    return identity


def _context(
    protocol: int,
    verify_mode: ssl.VerifyMode,
    alpn: list[str],
    leaf: Leaf | None,
    *,
    t_keys: Collection[bytes] = (),
    d_keys: Collection[bytes] = (),
) -> ssl.SSLContext:
    context = ssl.SSLContext(protocol)
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False  # keys say who it is; names and addresses do not
    context.verify_mode = verify_mode
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    context.set_alpn_protocols(alpn)
    if protocol == ssl.PROTOCOL_TLS_SERVER:
        context.num_tickets = 0  # a resumed session would outlive a certificate, and tickets cost memory
    anchors = [ca_certificate("tracker", key) for key in t_keys]
    anchors += [ca_certificate("devices", key) for key in d_keys]
    if anchors:  # with none nobody is trusted, which `ssl` does not take as an empty argument
        context.load_verify_locations(cadata=b"".join(anchors))
    if leaf is not None:
        _load(context, leaf)
    return context


def _load(context: ssl.SSLContext, leaf: Leaf) -> None:
    """`ssl` loads from files only: this one is there for a moment, for this user alone."""
    with tempfile.TemporaryDirectory() as folder:  # 0700
        file = Path(folder, "leaf.pem")
        file.touch(0o600)
        file.write_bytes(ssl.DER_cert_to_PEM_cert(leaf.der).encode() + to_pem(leaf.key))
        context.load_cert_chain(file)
