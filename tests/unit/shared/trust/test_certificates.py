"""Certificates as docs/protocol.md has them, and who() of whatever else comes."""

import contextlib
import json
from pathlib import Path

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import Violation
from shared.facts.ids import device_id
from shared.limits import CERTIFICATE_BYTES_MAX
from shared.trust.certificates import (
    DeviceIdentity,
    Kind,
    TrackerIdentity,
    ca_certificate,
    device_leaf,
    expires_at_s,
    is_leaf_of,
    tracker_leaf,
    who,
)
from shared.trust.identity import PrivateKey, raw_public

VECTORS = json.loads((Path(__file__).parents[3] / "vectors" / "identity.json").read_text())
T, D, DEVICE = (
    PrivateKey.from_private_bytes(bytes.fromhex(VECTORS[kind]["seed"]))
    for kind in ("tracker_key", "devices_key", "device_key")
)
T_KEY, D_KEY, DEVICE_KEY = raw_public(T), raw_public(D), raw_public(DEVICE)
NOW_S = 1_800_000_000.5
DAY_S = 24 * 3600
SINCE_S, FOR_EVER_S = 1_577_836_800, 253_402_300_799  # 2020-01-01, 9999-12-31 23:59:59
TRACKER_LEAF = tracker_leaf(T, raw_public(PrivateKey.generate()), 255)
DEVICE_LEAF = device_leaf(D, DEVICE_KEY, NOW_S)


@pytest.mark.parametrize(
    ("kind", "key", "vector"), [("tracker", T_KEY, "tracker_key"), ("devices", D_KEY, "devices_key")]
)
def test_an_authoritys_certificate_comes_from_its_public_key_alone(
    kind: Kind, key: bytes, vector: str
) -> None:
    certificate = x509.load_der_x509_certificate(ca_certificate(kind, key))
    assert certificate.subject == certificate.issuer
    assert certificate.subject.rfc4514_string() == f"CN={VECTORS[vector]['ca_name']}"
    basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    assert basic.critical
    assert basic.value == x509.BasicConstraints(ca=True, path_length=0)
    assert (certificate.not_valid_before_utc.year, certificate.not_valid_after_utc.year) == (2020, 9999)
    ca_certificate.cache_clear()
    assert x509.load_der_x509_certificate(ca_certificate(kind, key)) == certificate


@pytest.mark.parametrize(
    ("der", "uri", "since_s", "until_s"),
    [
        (TRACKER_LEAF, "shoal:tracker:255", SINCE_S, FOR_EVER_S),
        (DEVICE_LEAF, VECTORS["device_key"]["leaf_uri"], int(NOW_S) - DAY_S, int(NOW_S) + 7 * DAY_S),
    ],
    ids=["tracker", "device"],
)
def test_a_leaf_is_as_the_protocol_has_it(der: bytes, uri: str, since_s: int, until_s: int) -> None:
    leaf = x509.load_der_x509_certificate(der)
    assert len(der) < CERTIFICATE_BYTES_MAX / 2
    assert not list(leaf.subject)
    assert leaf.not_valid_before_utc.timestamp() == since_s
    assert expires_at_s(der) == until_s
    critical = {one.oid._name for one in leaf.extensions if one.critical}
    assert critical == {"basicConstraints", "keyUsage", "subjectAltName"}
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.UniformResourceIdentifier) == [uri]


def test_each_leaf_has_a_serial_of_its_own() -> None:
    again = device_leaf(D, DEVICE_KEY, NOW_S)
    assert again != DEVICE_LEAF
    assert x509.load_der_x509_certificate(again).serial_number.bit_length() > 64


def test_the_issuer_tells_a_tracker_from_a_device() -> None:
    assert who(TRACKER_LEAF, [D_KEY, T_KEY], [D_KEY]) == TrackerIdentity(T_KEY)
    assert who(DEVICE_LEAF, [T_KEY], [T_KEY, D_KEY]) == DeviceIdentity(device_id(DEVICE_KEY), DEVICE_KEY)


def test_the_same_key_as_the_other_kind_of_authority_is_another_issuer() -> None:
    for der in (TRACKER_LEAF, DEVICE_LEAF):
        with pytest.raises(Violation):
            who(der, t_keys=[D_KEY], d_keys=[T_KEY])


def test_a_first_contact_must_show_a_leaf_that_the_tracker_signed() -> None:
    forged = tracker_leaf(PrivateKey.generate(), DEVICE_KEY, 255)
    spoilt = TRACKER_LEAF[:-1] + bytes([TRACKER_LEAF[-1] ^ 1])
    assert is_leaf_of(TRACKER_LEAF, T_KEY)
    assert not is_leaf_of(spoilt, T_KEY)
    assert not is_leaf_of(forged, T_KEY)
    assert not is_leaf_of(TRACKER_LEAF, D_KEY)
    assert not is_leaf_of(device_leaf(T, DEVICE_KEY, NOW_S), T_KEY)


@pytest.mark.parametrize("der", [b"", b"\x30\x80", DEVICE_LEAF[:-1], DEVICE_LEAF + bytes(1024)])
def test_what_is_no_certificate_or_too_long_is_a_violation(der: bytes) -> None:
    for read in (expires_at_s, lambda der: who(der, [T_KEY], [D_KEY])):
        with pytest.raises(Violation):
            read(der)


@pytest.mark.filterwarnings("ignore:Parsed a serial number")  # one that the spoiling made negative
@given(st.sampled_from([TRACKER_LEAF, DEVICE_LEAF]), st.integers(0, 8 * len(DEVICE_LEAF) - 1))
def test_a_spoilt_leaf_is_read_or_a_violation_and_nothing_else(der: bytes, bit: int) -> None:
    spoilt, at = bytearray(der), bit // 8 % len(der)
    spoilt[at] ^= 1 << bit % 8
    with contextlib.suppress(Violation):
        who(bytes(spoilt), [T_KEY], [D_KEY])
    with contextlib.suppress(Violation):
        expires_at_s(bytes(spoilt))
    # The byte before the signature counts bits of padding; the signature that follows is still the true one.
    if at != len(der) - 65:
        with contextlib.suppress(Violation):
            assert not is_leaf_of(bytes(spoilt), T_KEY)
