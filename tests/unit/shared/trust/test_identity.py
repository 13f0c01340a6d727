"""Keys and proofs: the published bytes, and that nothing else passes."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from shared.errors import Damaged, WrongLogin
from shared.trust.identity import (
    PrivateKey,
    Purpose,
    check_proof,
    from_pem,
    key_name,
    proof,
    raw_public,
    to_pem,
)

VECTORS = json.loads((Path(__file__).parents[3] / "vectors" / "identity.json").read_text())
KEY = PrivateKey.from_private_bytes(bytes.fromhex(VECTORS["device_key"]["seed"]))


def whom(vector: dict[str, Any]) -> bytes:
    return bytes.fromhex(vector["uid"]) if "uid" in vector else vector["user_name"].encode()


@pytest.mark.parametrize("vector", VECTORS["proofs"], ids=lambda one: one["purpose"])
def test_a_proof_is_the_published_one_and_passes(vector: dict[str, Any]) -> None:
    purpose = Purpose[vector["purpose"].upper()]
    t_key, challenge = bytes.fromhex(vector["t_key"]), bytes.fromhex(vector["challenge"])
    made = proof(KEY, purpose, t_key, challenge, whom(vector))
    assert made.hex() == vector["signature"]
    check_proof(raw_public(KEY), made, purpose, t_key, challenge, whom(vector))


@pytest.mark.parametrize("changed", range(6))
def test_a_proof_is_of_no_use_for_anything_else(changed: int) -> None:
    told = [raw_public(KEY), b"", Purpose.ENROL, b"T" * 32, b"c" * 32, b"Mira"]
    told[1] = proof(KEY, Purpose.ENROL, b"T" * 32, b"c" * 32, b"Mira")
    other: list[Any] = [
        raw_public(PrivateKey.generate()),
        b"s" * 64,
        Purpose.RENEW,
        b"U" * 32,
        b"d" * 32,
        b"mira",
    ]
    told[changed] = other[changed]
    with pytest.raises(WrongLogin):
        check_proof(*told)  # type: ignore[arg-type]  # a list of them


def test_what_is_no_key_proves_nothing() -> None:
    with pytest.raises(WrongLogin):
        check_proof(b"short", b"s" * 64, Purpose.ENROL, b"T" * 32, b"c" * 32, b"Mira")


@pytest.mark.parametrize("kind", ["tracker_key", "devices_key", "device_key"])
def test_a_key_comes_back_from_its_pem(kind: str) -> None:
    key = PrivateKey.from_private_bytes(bytes.fromhex(VECTORS[kind]["seed"]))
    assert raw_public(from_pem(to_pem(key))).hex() == VECTORS[kind]["public"]


def test_a_key_is_named_by_its_hash() -> None:
    key = bytes.fromhex(VECTORS["tracker_key"]["public"])
    assert key_name(key) == VECTORS["tracker_key"]["removed_row_key"]


def test_a_key_file_that_holds_something_else_is_damaged() -> None:
    private, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    other_kind = generate_private_key(SECP256R1()).private_bytes(private, pkcs8, serialization.NoEncryption())
    encrypted = KEY.private_bytes(private, pkcs8, serialization.BestAvailableEncryption(b"secret"))
    for pem in (b"", b"\xff", to_pem(KEY)[:-40], other_kind, encrypted):
        with pytest.raises(Damaged):
            from_pem(pem)
