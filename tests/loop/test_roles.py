"""Who may speak to whom (docs/protocol.md, Connections): each line of its table, and ways to cheat it."""

import datetime
import random
import ssl
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, cast

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from shared.clock import SystemClock
from shared.errors import Violation
from shared.facts.ids import device_id
from shared.trust import tls
from shared.trust.certificates import (
    DeviceIdentity,
    Identity,
    Leaf,
    TrackerIdentity,
    ca_certificate,
    device_leaf,
    is_leaf_of,
    tracker_leaf,
)
from shared.trust.identity import PrivateKey, raw_public, to_pem

NOW_S = SystemClock().wall_s()
HOUR_S, DAY_S = 3600, 24 * 3600


class Network(NamedTuple):
    """One tracker and its two authorities."""

    t: PrivateKey
    d: PrivateKey

    @property
    def t_key(self) -> bytes:
        return raw_public(self.t)

    @property
    def d_key(self) -> bytes:
        return raw_public(self.d)

    def tracker(self) -> Leaf:
        key = PrivateKey.generate()
        return Leaf(tracker_leaf(self.t, raw_public(key), 1), key)

    def device(self, now_s: float = NOW_S) -> Leaf:
        key = PrivateKey.generate()
        return Leaf(device_leaf(self.d, raw_public(key), now_s), key)


OURS, SECOND, STRANGER = (Network(PrivateKey.generate(), PrivateKey.generate()) for _ in range(3))
T_KEYS, D_KEYS = [OURS.t_key, SECOND.t_key], [OURS.d_key, SECOND.d_key]
"""Of a network of two trackers."""


def identity_of(leaf: Leaf) -> DeviceIdentity:
    return DeviceIdentity(device_id(raw_public(leaf.key)), raw_public(leaf.key))


class End:
    """One side of a connection in memory."""

    def __init__(self, context: ssl.SSLContext, *, server_side: bool) -> None:
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self.incoming, self.outgoing, server_side=server_side)
        self.read = b""
        self.refusal: ssl.SSLError | None = None

    def go_on(self, came: bytes) -> None:
        """Handshake, one word to the other side, and what it said: a refusal may show in any of these."""
        self.incoming.write(came)
        try:
            if self.tls.version() is None:
                self.tls.do_handshake()
                self.tls.write(b"word")
            self.read += self.tls.read(100)
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLError as refusal:
            self.refusal = refusal


def met(dials: ssl.SSLContext, accepts: ssl.SSLContext) -> tuple[End, End]:
    """Both ends, after all that they have to say. Raises ssl.SSLError if either refused the other."""
    dialled, accepted = End(dials, server_side=False), End(accepts, server_side=True)
    dialled.go_on(b"")
    while sent := dialled.outgoing.read():
        accepted.go_on(sent)
        dialled.go_on(accepted.outgoing.read())
    for end in (accepted, dialled):
        if end.refusal is not None:
            assert not accepted.read, "a refused client was heard"
            assert not isinstance(end.refusal, ssl.SSLZeroReturnError)
            raise end.refusal
    assert dialled.read == accepted.read == b"word"
    return dialled, accepted


def identities(dials: ssl.SSLContext, accepts: ssl.SSLContext) -> tuple[Identity | None, Identity | None]:
    """Who the dialled and who the dialler is, as the other side sees it."""
    dialled, accepted = met(dials, accepts)
    return tls.who_is(dialled.tls, T_KEYS, D_KEYS), tls.who_is(accepted.tls, T_KEYS, D_KEYS)


def tracker_accepts(leaf: Leaf | None = None, d_keys: list[bytes] = D_KEYS) -> ssl.SSLContext:
    return tls.tracker_server(leaf or OURS.tracker(), T_KEYS, d_keys)


def client_dials(leaf: Leaf | None) -> ssl.SSLContext:
    return tls.client_to_tracker(OURS.t_key, leaf)


def refused(dials: ssl.SSLContext, accepts: ssl.SSLContext) -> str:
    with pytest.raises(ssl.SSLError) as refusal:
        met(dials, accepts)
    return str(refusal.value)


# Who is who, where all is as it must be


def test_a_device_and_a_tracker_know_each_other() -> None:
    device = SECOND.device()  # enrolled at the other tracker, and at home here
    assert identities(client_dials(device), tracker_accepts()) == (
        TrackerIdentity(OURS.t_key),
        identity_of(device),
    )


def test_a_client_without_a_certificate_is_anonymous_to_a_tracker() -> None:
    assert identities(client_dials(None), tracker_accepts()) == (TrackerIdentity(OURS.t_key), None)


def test_two_trackers_know_each_other() -> None:
    dials = tls.tracker_to_tracker(OURS.t_key, SECOND.tracker())
    assert identities(dials, tracker_accepts()) == (
        TrackerIdentity(OURS.t_key),
        TrackerIdentity(SECOND.t_key),
    )


def test_two_devices_know_each_other() -> None:
    one, other = OURS.device(), SECOND.device()
    dials = tls.peer_context(one, D_KEYS, server_side=False)
    accepts = tls.peer_context(other, D_KEYS, server_side=True)
    assert identities(dials, accepts) == (identity_of(other), identity_of(one))


def test_a_device_that_dials_itself_can_see_it() -> None:
    me = OURS.device()
    dials = tls.peer_context(me, D_KEYS, server_side=False)
    assert identities(dials, tls.peer_context(me, D_KEYS, server_side=True))[0] == identity_of(me)


def test_a_tracker_whose_network_has_no_device_yet_takes_anonymous_clients() -> None:
    accepts = tls.tracker_server(OURS.tracker(), [], [])
    assert identities(client_dials(None), accepts) == (TrackerIdentity(OURS.t_key), None)


def test_a_first_contact_learns_a_key_and_knows_nobody() -> None:
    dialled, accepted = met(tls.first_contact(), tracker_accepts())
    shown = dialled.tls.getpeercert(binary_form=True)
    assert shown is not None
    assert is_leaf_of(shown, OURS.t_key)
    assert not is_leaf_of(shown, SECOND.t_key)
    assert tls.who_is(accepted.tls, T_KEYS, D_KEYS) is None
    with pytest.raises(Violation):
        tls.who_is(dialled.tls, T_KEYS, D_KEYS)


# Certificates that pass nowhere


def certified(key: PrivateKey | rsa.RSAPrivateKey, by: PrivateKey, issuer: bytes, uris: int = 1) -> Leaf:
    """A leaf with all that a good one has, for what our own code cannot be made to sign."""
    anchor = x509.load_der_x509_certificate(issuer)
    its_key = anchor.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    now = datetime.datetime.fromtimestamp(NOW_S, datetime.UTC)
    names = [x509.UniformResourceIdentifier(f"shoal:dev:{number:032x}") for number in range(uris)]
    builder = x509.CertificateBuilder(anchor.subject, x509.Name([]), key.public_key())
    extensions: list[tuple[x509.ExtensionType, bool]] = [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (x509.KeyUsage(True, False, False, False, False, False, False, False, False), True),
        (x509.SubjectAlternativeName(names), True),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        (x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(its_key), False),
    ]
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    builder = builder.not_valid_before(now).not_valid_after(now + datetime.timedelta(days=7))
    der = builder.serial_number(7).sign(by, None).public_bytes(serialization.Encoding.DER)
    return Leaf(der, cast("PrivateKey", key))


def authority(tracker: bool) -> bytes:
    return ca_certificate("tracker", OURS.t_key) if tracker else ca_certificate("devices", OURS.d_key)


def own(tracker: bool, now_s: float = NOW_S, network: Network = OURS) -> Leaf:
    return network.tracker() if tracker else network.device(now_s)


def forged(tracker: bool) -> Leaf:
    """The true authority's name and key identifier, and another's signature."""
    return certified(PrivateKey.generate(), PrivateKey.generate(), authority(tracker))


def self_signed(tracker: bool) -> Leaf:
    key = PrivateKey.generate()
    return certified(key, key, authority(tracker))


def by_the_other_authority(tracker: bool) -> Leaf:
    key = PrivateKey.generate()
    if tracker:
        return Leaf(tracker_leaf(OURS.d, raw_public(key), 1), key)
    return Leaf(device_leaf(OURS.t, raw_public(key), NOW_S), key)


def of_rsa(tracker: bool) -> Leaf:
    return certified(rsa.generate_private_key(65537, 2048), PrivateKey.generate(), authority(tracker))


BAD: dict[str, Callable[[bool], Leaf]] = {
    "of the other role": lambda tracker: own(not tracker),
    "by the other authority": by_the_other_authority,
    "of another network": lambda tracker: own(tracker, network=STRANGER),
    "by a forged authority": forged,
    "self-signed": self_signed,
    "of another kind of key": of_rsa,
}
OUT_OF_TIME: dict[str, Callable[[bool], Leaf]] = {
    "expired for a second": lambda _: OURS.device(NOW_S - 7 * DAY_S - 1),
    "expired for an hour": lambda _: OURS.device(NOW_S - 7 * DAY_S - HOUR_S),
    "not yet valid": lambda _: OURS.device(NOW_S + DAY_S + HOUR_S),
}
BAD_DEVICE = BAD | OUT_OF_TIME


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_certificate_makes_no_tracker(bad: str) -> None:
    refused(client_dials(OURS.device()), tracker_accepts(BAD[bad](True)))
    refused(tls.tracker_to_tracker(OURS.t_key, SECOND.tracker()), tracker_accepts(BAD[bad](True)))


@pytest.mark.parametrize("bad", [one for one in BAD if one != "of the other role"])
@pytest.mark.parametrize("tracker", [False, True], ids=["device", "tracker"])
def test_a_tracker_refuses_a_bad_certificate_and_does_not_take_it_for_none(bad: str, tracker: bool) -> None:
    refused(client_dials(BAD[bad](tracker)), tracker_accepts())


@pytest.mark.parametrize("bad", OUT_OF_TIME)
def test_a_tracker_refuses_a_device_whose_time_is_over_or_has_not_come(bad: str) -> None:
    refused(client_dials(OUT_OF_TIME[bad](False)), tracker_accepts())


@pytest.mark.parametrize("bad", BAD_DEVICE)
def test_a_bad_certificate_makes_no_peer(bad: str) -> None:
    for server_side in (True, False):
        good = tls.peer_context(OURS.device(), D_KEYS, server_side=not server_side)
        evil = tls.peer_context(BAD_DEVICE[bad](False), D_KEYS, server_side=server_side)
        refused(*((good, evil) if server_side else (evil, good)))


def test_a_device_is_no_authority_whatever_it_signs_and_sends_along(tmp_path: Path) -> None:
    device, key = OURS.device(), PrivateKey.generate()
    leaf, chain = certified(key, device.key, device.der), tmp_path / "chain.pem"
    pem = "".join(ssl.DER_cert_to_PEM_cert(der) for der in (leaf.der, device.der))
    chain.write_bytes(pem.encode() + to_pem(key))
    for server_side in (True, False):
        good = tls.peer_context(SECOND.device(), D_KEYS, server_side=not server_side)
        evil = tls.peer_context(device, D_KEYS, server_side=server_side)
        evil.load_cert_chain(chain)
        refused(*((good, evil) if server_side else (evil, good)))


@pytest.mark.parametrize("tracker", [False, True], ids=["device", "tracker"])
def test_a_leaf_with_a_flipped_bit_is_refused(tracker: bool) -> None:
    flip(tracker, random.Random(1).sample(range(8 * len(own(tracker).der)), 60))


@pytest.mark.slow
@pytest.mark.parametrize("tracker", [False, True], ids=["device", "tracker"])
def test_a_leaf_with_a_bit_flipped_in_any_byte_or_any_bit_of_its_signature_is_refused(tracker: bool) -> None:
    leaf = own(tracker)
    signed = len(x509.load_der_x509_certificate(leaf.der).tbs_certificate_bytes)
    flip(tracker, [*range(0, 8 * signed, 9), *range(8 * signed, 8 * len(leaf.der))])


def flip(tracker: bool, bits: Iterable[int]) -> None:
    leaf, sent = own(tracker), 0
    other = client_dials(None) if tracker else tracker_accepts()
    mine = tracker_accepts() if tracker else client_dials(None)
    for bit in bits:
        der = bytearray(leaf.der)
        der[bit // 8 % len(der)] ^= 1 << bit % 8
        try:
            tls._load(mine, Leaf(bytes(der), leaf.key))
        except ssl.SSLError:
            continue  # OpenSSL reads it no more, or sees that the key is another: it cannot even be sent
        refused(*((other, mine) if tracker else (mine, other)))
        sent += 1
    assert sent


# Good certificates in the wrong place


def test_another_tracker_than_the_one_dialled_is_refused() -> None:
    refused(tls.client_to_tracker(SECOND.t_key, OURS.device()), tracker_accepts())
    refused(tls.tracker_to_tracker(SECOND.t_key, SECOND.tracker()), tracker_accepts())


def test_a_peer_without_a_certificate_is_refused() -> None:
    dials = client_dials(None)
    dials.set_alpn_protocols([tls.ALPN_PEER])
    dials.load_verify_locations(cadata=ca_certificate("devices", OURS.d_key))
    refused(dials, tls.peer_context(OURS.device(), D_KEYS, server_side=True))


def test_a_context_built_without_an_authority_refuses_its_devices() -> None:
    device, other = OURS.device(), SECOND.device()
    without = [SECOND.d_key]
    refused(client_dials(device), tracker_accepts(d_keys=without))
    refused(
        tls.peer_context(device, D_KEYS, server_side=False),
        tls.peer_context(other, without, server_side=True),
    )
    refused(
        tls.peer_context(other, without, server_side=False),
        tls.peer_context(device, D_KEYS, server_side=True),
    )
    refused(client_dials(device), tls.tracker_server(OURS.tracker(), [], []))
    nobody = tls.peer_context(other, [], server_side=True)
    refused(tls.peer_context(device, D_KEYS, server_side=False), nobody)


@pytest.mark.parametrize(
    ("leaf", "alpn"),
    [
        (OURS.device, tls.ALPN_TRACKER),
        (lambda: None, tls.ALPN_TRACKER),
        (SECOND.tracker, tls.ALPN_CLIENT),
        (OURS.device, tls.ALPN_PEER),
        (lambda: None, tls.ALPN_PEER),
        (OURS.device, None),
        (lambda: None, "h2"),
    ],
    ids=["device as tracker", "nobody as tracker", "tracker as client", "peer", "nobody", "silent", "web"],
)
def test_who_speaks_what_is_not_theirs_has_no_place(
    leaf: Callable[[], Leaf | None], alpn: str | None
) -> None:
    dials = client_dials(leaf())
    dials.set_alpn_protocols([alpn] if alpn else [])
    _, accepted = met(dials, tracker_accepts())
    with pytest.raises(Violation):
        tls.who_is(accepted.tls, T_KEYS, D_KEYS)


def test_a_peer_that_speaks_something_else_has_no_place() -> None:
    dials = tls.peer_context(OURS.device(), D_KEYS, server_side=False)
    dials.set_alpn_protocols([tls.ALPN_CLIENT])
    for end in met(dials, tls.peer_context(OURS.device(), D_KEYS, server_side=True)):
        with pytest.raises(Violation):
            tls.who_is(end.tls, (), D_KEYS)


def test_an_oversized_certificate_has_no_place_even_if_an_authority_signed_it() -> None:
    long = certified(PrivateKey.generate(), OURS.d, authority(tracker=False), uris=30)
    _, accepted = met(client_dials(long), tracker_accepts())
    with pytest.raises(Violation):
        tls.who_is(accepted.tls, T_KEYS, D_KEYS)
    enormous = certified(PrivateKey.generate(), OURS.d, authority(tracker=False), uris=3000)
    refused(client_dials(enormous), tracker_accepts())


def test_nothing_older_than_tls_1_3_is_spoken() -> None:
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_alpn_protocols([tls.ALPN_CLIENT])
    refused(old, tracker_accepts())
    dialled, _ = met(client_dials(OURS.device()), tracker_accepts())
    assert dialled.tls.version() == "TLSv1.3"


def test_no_session_can_be_resumed() -> None:
    dialled, _ = met(client_dials(OURS.device()), tracker_accepts())
    assert dialled.tls.session is None or not dialled.tls.session.has_ticket


def test_certificates_are_ignored_in_one_place_only() -> None:
    root = Path(__file__).parents[2]
    sources = [path for part in ("shared", "trackerd", "desktop") for path in (root / part).rglob("*.py")]
    found = [path.name for path in sources for line in path.read_text().splitlines() if "CERT_NONE" in line]
    assert found == [
        "tls.py",
        "tls.py",
    ]  # first_contact() makes it, who_is() believes nothing that it brought


def test_no_key_is_left_behind_where_it_was_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    tracker_accepts()
    assert not list(tmp_path.iterdir())
