"""The published bytes of docs/protocol.md: what any other program must write and read as we do.

In the vectors, bytes among fields stand as h'00ff'; a map's whole numbers are strings, as JSON wants it.
"""

import contextlib
import hashlib
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from hypothesis import given
from hypothesis import strategies as st

from shared import manifest, names
from shared.errors import BadName, Unsupported, Violation
from shared.facts import ids, rows
from shared.facts.ids import GroupId
from shared.facts.rows import Row
from shared.limits import FRAME_CLIENT_BYTES_MAX, FRAME_PIECE_HEADER_BYTES, PIECE_BYTES, SEAL_EPOCH_FRAMES
from shared.tracker_info import format_pin, parse_pin
from shared.trust.certificates import Kind, ca_certificate, device_leaf
from shared.trust.identity import PrivateKey, Purpose, check_proof, proof, raw_public
from shared.trust.seal import LENGTH_BYTES, Aead, FrameCipher, Side, plain_size, secrets_of
from shared.wire import mesh_messages as mesh
from shared.wire import peer_messages as peer
from shared.wire import tracker_messages as tracker
from shared.wire.framing import (
    PIECE,
    PIECE_HEADER,
    FrameReader,
    peer_control_frame,
    split_request,
    tracker_frame,
)

VECTORS = Path(__file__).parents[1] / "vectors"


def vectors(name: str) -> Any:
    return json.loads((VECTORS / f"{name}.json").read_text())


def cases(name: str, *path: str) -> Any:
    """The entries of one file, each a test of its own."""
    found = vectors(name)
    for step in path:
        found = found[step]
    return [pytest.param(one, id=str(one.get("why") or one.get("name", ""))[:40]) for one in found]


def plain(value: Any) -> Any:
    """What msgpack holds where the vectors have `value`."""
    if isinstance(value, str) and (found := re.fullmatch("h'([0-9a-f]*)'", value)):
        return bytes.fromhex(found[1])
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {int(key) if key.isdigit() else key: plain(item) for key, item in value.items()}
    return value


EVERY_MESSAGE = [
    bytes.fromhex(one["hex"])
    for file in ("requests", "answers", "from_tracker", "peer", "mesh", "rows")
    for one in vectors(file)
]


def check_both_ways(vector: dict[str, Any], base: type[msgspec.Struct], decode: Any, encode: Any) -> None:
    """Readable fields, bytes and our class say the same, and none of them was made from another here."""
    kind = {one.__name__: one for one in base.__subclasses__()}[vector["name"]]
    assert tuple(vector["fields"]) == kind.__struct_fields__
    tag = [vector["tag"]] if "tag" in vector else []
    assert tag == ([kind.__struct_config__.tag] if tag else [])
    written = bytes.fromhex(vector["hex"])
    assert msgspec.msgpack.encode([*tag, *plain(list(vector["fields"].values()))]).hex() == vector["hex"]
    message = decode(written)
    assert type(message) is kind
    assert encode(message) == written


@pytest.mark.parametrize("vector", cases("requests"))
def test_a_request(vector: dict[str, Any]) -> None:
    check_both_ways(vector, tracker.Message, tracker.decode_request, tracker.encode)


@pytest.mark.parametrize("vector", cases("from_tracker"))
def test_an_answers_frame_or_a_push(vector: dict[str, Any]) -> None:
    check_both_ways(vector, tracker.FromTracker, tracker.decode_from_tracker, tracker.encode)


@pytest.mark.parametrize("vector", cases("answers"))
def test_what_an_ok_carries(vector: dict[str, Any]) -> None:
    kind = {one.__name__: one for one in tracker.Answer.__subclasses__()}[vector["name"]]

    def decode(written: bytes) -> tracker.Answer:
        return tracker.decode_answer(tracker.Ok(0, None, msgspec.Raw(written)), kind)

    check_both_ways(vector, tracker.Answer, decode, tracker.encode)


@pytest.mark.parametrize("vector", cases("peer"))
def test_a_peer_message(vector: dict[str, Any]) -> None:
    check_both_ways(vector, peer.Message, peer.decode, peer.encode)


@pytest.mark.parametrize("vector", cases("mesh"))
def test_a_message_between_trackers(vector: dict[str, Any]) -> None:
    check_both_ways(vector, mesh.Message, mesh.decode, mesh.encode)


@pytest.mark.parametrize(
    ("base", "file"),
    [
        (tracker.Message, "requests"),
        (tracker.FromTracker, "from_tracker"),
        (tracker.Answer, "answers"),
        (peer.Message, "peer"),
        (mesh.Message, "mesh"),
    ],
    ids=["requests", "from_tracker", "answers", "peer", "mesh"],
)
def test_no_message_is_without_a_vector(base: type[msgspec.Struct], file: str) -> None:
    assert {one.__name__ for one in base.__subclasses__()} == {one["name"] for one in vectors(file)}


@pytest.mark.parametrize("vector", cases("tolerated"))
def test_an_older_and_a_newer_program_are_understood(vector: dict[str, Any]) -> None:
    message = tracker.decode_request(bytes.fromhex(vector["hex"]))
    assert type(message).__name__ == vector["name"]
    assert tracker.encode(message).hex() == vector["same_as"]


@pytest.mark.parametrize("vector", cases("refused", "request"))
def test_a_bad_request_is_a_violation(vector: dict[str, Any]) -> None:
    with pytest.raises(Violation):
        tracker.decode_request(bytes.fromhex(vector["hex"]))


@pytest.mark.parametrize("vector", cases("refused", "unsupported"))
def test_a_request_of_a_newer_program_is_unsupported(vector: dict[str, Any]) -> None:
    with pytest.raises(Unsupported):
        tracker.decode_request(bytes.fromhex(vector["hex"]))


@pytest.mark.parametrize("vector", cases("refused", "ignored_push"))
def test_a_push_of_a_newer_tracker_is_ignored(vector: dict[str, Any]) -> None:
    assert tracker.decode_from_tracker(bytes.fromhex(vector["hex"])) is None


@pytest.mark.parametrize("vector", cases("refused", "peer"))
def test_a_bad_peer_message_is_a_violation(vector: dict[str, Any]) -> None:
    with pytest.raises(Violation):
        peer.decode(bytes.fromhex(vector["hex"]))


@pytest.mark.parametrize("vector", cases("refused", "mesh"))
def test_a_bad_message_of_a_tracker_is_a_violation(vector: dict[str, Any]) -> None:
    with pytest.raises(Violation):
        mesh.decode(bytes.fromhex(vector["hex"]))


@pytest.mark.parametrize("vector", cases("refused", "mesh_ignored"))
def test_a_message_of_a_newer_tracker_is_passed_over(vector: dict[str, Any]) -> None:
    assert mesh.decode(bytes.fromhex(vector["hex"])) is None


@pytest.mark.parametrize("vector", cases("refused", "row"))
def test_a_row_that_contradicts_itself_is_a_violation(vector: dict[str, Any]) -> None:
    row = msgspec.msgpack.decode(bytes.fromhex(vector["hex"]), type=Row)
    with pytest.raises(Violation):
        rows.check(row)


@pytest.mark.parametrize("vector", cases("refused", "row_shape"))
def test_a_row_out_of_bounds_is_not_even_decoded(vector: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.msgpack.decode(bytes.fromhex(vector["hex"]), type=Row)


@given(st.sampled_from(EVERY_MESSAGE), st.integers(0), st.binary(max_size=9), st.integers(0, 9))
def test_a_spoilt_message_is_read_or_refused_and_nothing_else(
    written: bytes, place: int, put: bytes, cut: int
) -> None:
    at = place % (len(written) + 1)
    spoilt = written[:at] + put + written[at + cut :]
    for decode in (tracker.decode_request, tracker.decode_from_tracker, peer.decode, mesh.decode):
        with contextlib.suppress(Violation, Unsupported):
            decode(spoilt)
    with contextlib.suppress(*rows.UNREADABLE):
        row = msgspec.msgpack.decode(spoilt, type=Row)
        with contextlib.suppress(Violation):
            rows.check(row)


@pytest.mark.parametrize("vector", cases("rows"))
def test_a_row(vector: dict[str, Any]) -> None:
    row = msgspec.msgpack.decode(bytes.fromhex(vector["hex"]), type=Row)
    rows.check(row)
    kind = rows.BODY_OF[vector["kind"]]
    body = rows.body_of(row, kind)
    assert rows.Kind(row.kind).name.lower() == vector["name"]
    assert tuple(vector["body"]) == kind.__struct_fields__
    assert msgspec.msgpack.encode(plain(list(vector["body"].values()))).hex() == vector["body_hex"]
    assert rows.encode_body(body).hex() == row.body.hex() == vector["body_hex"]
    assert row == Row(
        vector["kind"],
        bytes.fromhex(vector["key"]),
        vector["hlc"],
        vector["log"],
        vector["seq"],
        bytes.fromhex(vector["body_hex"]),
    )
    assert msgspec.msgpack.encode(row).hex() == vector["hex"]


def test_no_kind_of_row_is_without_a_vector() -> None:
    assert [vector["kind"] for vector in vectors("rows")] == list(rows.Kind) == list(rows.BODY_OF)


def test_ids() -> None:
    found = vectors("ids")
    for one in found["user_id"]:
        assert ids.user_id(bytes.fromhex(one["nonce"])).hex() == one["id"]
    for one in found["group_id"]:
        assert ids.group_id(bytes.fromhex(one["nonce"])).hex() == one["id"]
    for one in found["device_id"]:
        assert ids.device_id(bytes.fromhex(one["key"])).hex() == one["id"]
    for one in found["invite"]:
        hash_ = ids.invite_hash(GroupId(bytes.fromhex(one["gid"])), bytes.fromhex(one["secret"]))
        assert (hash_.hex(), hash_[: ids.ID_BYTES].hex()) == (one["hash"], one["id"])
    for one in found["entry_id"]:
        gid, root = GroupId(bytes.fromhex(one["gid"])), bytes.fromhex(one["root"])
        assert ids.entry_id(gid, one["name"], root, one["size"], one["scheme"]).hex() == one["id"]


@pytest.mark.parametrize("vector", vectors("manifest")["files"], ids=lambda one: str(one["size"]))
def test_a_manifest(vector: dict[str, Any]) -> None:
    content = (bytes(range(251)) * (vector["size"] // 251 + 1))[: vector["size"]]
    builder = manifest.ManifestBuilder()
    found = []
    for at in range(0, len(content), PIECE_BYTES):
        piece = manifest.hash_piece(content[at : at + PIECE_BYTES])
        found.append({"sha1": piece.sha1.hex(), "blake3": piece.blake3.hex()})
        builder.add(piece)
    assert found == vector["pieces"]
    whole = hashlib.sha1(content, usedforsecurity=False).digest()
    assert whole.hex() == vector["sha1"]
    made = builder.finish(len(content), whole)
    assert (made.header.hex(), made.index.hex()) == (vector["header"], vector["index"])
    assert made.root.hex() == vector["root"]
    assert manifest.check_index(made.root, made.header, made.index) == (vector["size"], whole)


def test_a_manifest_of_two_blocks() -> None:
    vector = vectors("manifest")["two_blocks"]
    builder = manifest.ManifestBuilder()
    for piece in range(4097):
        builder.add(manifest.PieceHash(piece.to_bytes(20, "big"), piece.to_bytes(32, "big")))
    made = builder.finish(vector["size"], bytes(20))
    assert (made.header.hex(), made.index.hex()) == (vector["header"], vector["index"])
    assert made.root.hex() == vector["root"]


@pytest.mark.parametrize("vector", vectors("names")["shared"], ids=lambda one: ascii(one["name"])[:30])
def test_a_shared_name(vector: dict[str, Any]) -> None:
    name = vector["name"]
    try:
        names.check_shared_name(name)
    except BadName:
        assert not vector["valid"]
    else:
        assert vector["valid"]
    assert names.clean_shared_name(name) == vector["cleaned"]
    assert names.saved_path(name) == vector["saved"]


def test_folded_and_marked_names() -> None:
    for one in vectors("names")["fold"]:
        assert names.fold(one["name"]) == one["fold"]
    for one in vectors("names")["marked"]:
        assert names.marked(one["name"], one["mark"]) == one["marked"]


def key_of(vector: dict[str, Any]) -> PrivateKey:
    key = PrivateKey.from_private_bytes(bytes.fromhex(vector["seed"]))
    assert raw_public(key).hex() == vector["public"]
    return key


def test_pins_and_names_of_authorities() -> None:
    found = vectors("identity")
    t_key, d_key = raw_public(key_of(found["tracker_key"])), raw_public(key_of(found["devices_key"]))
    assert format_pin(t_key) == found["tracker_key"]["pin"]
    assert parse_pin(found["tracker_key"]["pin"]) == t_key
    for kind, key in (("tracker", t_key), ("devices", d_key)):
        authority = x509.load_der_x509_certificate(ca_certificate(cast("Kind", kind), key))
        assert authority.subject.rfc4514_string() == f"CN={found[f'{kind}_key']['ca_name']}"


def test_a_device_and_its_leaf() -> None:
    found = vectors("identity")
    device = raw_public(key_of(found["device_key"]))
    assert ids.device_id(device).hex() == found["device_key"]["dev"]
    leaf = x509.load_der_x509_certificate(device_leaf(key_of(found["devices_key"]), device, 1_800_000_000))
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.UniformResourceIdentifier) == [found["device_key"]["leaf_uri"]]


@pytest.mark.parametrize("vector", vectors("identity")["proofs"], ids=lambda one: str(one["purpose"]))
def test_a_proof_that_a_device_key_is_held(vector: dict[str, Any]) -> None:
    key = key_of(vectors("identity")["device_key"])
    whom = vector["user_name"].encode() if "user_name" in vector else bytes.fromhex(vector["uid"])
    t_key, challenge = bytes.fromhex(vector["t_key"]), bytes.fromhex(vector["challenge"])
    purpose = Purpose[vector["purpose"].upper()]
    assert proof(key, purpose, t_key, challenge, whom).hex() == vector["signature"]
    assert key.sign(bytes.fromhex(vector["signed"])).hex() == vector["signature"]
    check_proof(raw_public(key), bytes.fromhex(vector["signature"]), purpose, t_key, challenge, whom)


def test_frames_between_client_and_tracker() -> None:
    found = vectors("frames")["tracker"]
    stream = b""
    for one in found:
        frame = tracker_frame(one["request_id"], bytes.fromhex(one["body"]))
        assert frame.hex() == one["frame"]
        stream += frame
    read = [split_request(frame) for frame in FrameReader(FRAME_CLIENT_BYTES_MAX).feed(stream)]
    assert read == [(one["request_id"], bytes.fromhex(one["body"])) for one in found]


def test_frames_between_peers() -> None:
    for one in vectors("frames")["peer_control"]:
        assert peer_control_frame(bytes.fromhex(one["body"])).hex() == one["frame"]
    for one in vectors("frames")["peer_piece"]:
        content = bytes.fromhex(one["bytes"])
        size = FRAME_PIECE_HEADER_BYTES + len(content)
        header = PIECE_HEADER.pack(size, PIECE, one["ch"], one["piece"], one["offset"])
        assert (header + content).hex() == one["frame"]


def test_the_secrets_of_a_sealed_link() -> None:
    found = vectors("seal")
    dialler, accepter = (
        Side(*(bytes.fromhex(found[side][part]) for part in Side._fields)) for side in ("dialler", "accepter")
    )
    for side in (dialler, accepter):
        hello = peer.decode(side.hello)
        assert isinstance(hello, peer.Hello)
        assert hello.seal == side.seal
    assert {way: secret.hex() for way, secret in secrets_of(dialler, accepter)._asdict().items()} == found[
        "secrets"
    ]


@pytest.mark.parametrize(
    "vector", vectors("seal")["frames"], ids=lambda one: f"{one['suite']} {one['way']} {one['seq']}"
)
def test_a_sealed_frame(vector: dict[str, Any]) -> None:
    aead: Aead = AESGCM if vector["suite"] == "AES-256-GCM" else ChaCha20Poly1305
    epoch = vectors("seal")["epochs"][vector["way"]][vector["seq"] // SEAL_EPOCH_FRAMES]
    secret, seq = bytes.fromhex(epoch["secret"]), vector["seq"]
    plain, frame = bytes.fromhex(vector["plain"]), memoryview(bytes.fromhex(vector["frame"]))
    made, opened = bytearray(len(frame)), bytearray(plain_size(frame[:LENGTH_BYTES]))
    FrameCipher(aead, secret, seq).seal_into(memoryview(plain), memoryview(made))
    FrameCipher(aead, secret, seq).open_into(frame[:LENGTH_BYTES], frame[LENGTH_BYTES:], memoryview(opened))
    assert made.hex() == vector["frame"]
    assert opened.hex() == vector["plain"]


def test_the_secret_of_each_epoch_is_made_of_the_one_before() -> None:
    found = vectors("seal")
    for way, epochs in found["epochs"].items():
        assert epochs[0]["secret"] == found["secrets"][way]
        for before, after in pairwise(epochs):
            last = SEAL_EPOCH_FRAMES - 1
            cipher = FrameCipher(AESGCM, bytes.fromhex(before["secret"]), last)
            for _ in range(2):
                cipher.seal_into(memoryview(b"x"), memoryview(bytearray(21)))
            assert cipher._secret.hex() == after["secret"]
