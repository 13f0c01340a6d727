import base64
import hashlib
import json
from pathlib import Path

import pytest
from blake3 import blake3
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import Violation
from shared.limits import BLOCK_PIECES, FILE_BYTES_MAX, PIECE_BYTES, PIECES_MAX
from shared.manifest import (
    PIECE_HASH_BYTES,
    Header,
    Manifest,
    ManifestBuilder,
    PieceHash,
    block_length,
    blocks_in,
    check_block,
    check_index,
    decode_header,
    encode_header,
    hash_piece,
    piece_hash,
    piece_length,
    pieces_in,
    root_of,
    verify_piece,
)

SHA1 = hashlib.sha1(b"whole").digest()
COLLISIONS = json.loads(Path("tests/corpus/sha1_collisions.json").read_text())
PAIRS = [value for key, value in COLLISIONS.items() if key != "note"]
sizes = st.integers(0, FILE_BYTES_MAX) | st.integers(0, 2 * FILE_BYTES_MAX // PIECE_BYTES).map(
    lambda halves: min(FILE_BYTES_MAX, halves * PIECE_BYTES // 2)
)


def manifest_of(size: int) -> Manifest:
    builder = ManifestBuilder()
    for piece in range(pieces_in(size)):
        builder.add(PieceHash(piece.to_bytes(20, "big"), piece.to_bytes(32, "little")))
    return builder.finish(size, SHA1 if size else hashlib.sha1(b"").digest())


TWO_BLOCKS = (BLOCK_PIECES + 2) * PIECE_BYTES + 7


def flipped(data: bytes, bit: int) -> bytes:
    forged = bytearray(data)
    forged[bit // 8] ^= 1 << bit % 8
    return bytes(forged)


@given(sizes)
def test_pieces_and_blocks_cover_the_file_exactly(size: int) -> None:
    pieces, blocks = pieces_in(size), blocks_in(size)
    assert pieces <= PIECES_MAX
    if size:
        assert (pieces - 1) * PIECE_BYTES + piece_length(size, pieces - 1) == size
        assert 1 <= piece_length(size, pieces - 1) <= PIECE_BYTES
        last = block_length(size, blocks - 1)
        assert ((blocks - 1) * BLOCK_PIECES) * PIECE_HASH_BYTES + last == pieces * PIECE_HASH_BYTES
    else:
        assert (pieces, blocks) == (0, 0)


def test_the_header_is_the_bytes_that_the_format_says() -> None:
    header = encode_header(0x0102030405, SHA1)
    assert header == b"SHOALMANIFEST\x01\x01" + bytes.fromhex("0000000102030405 00080000") + SHA1 + bytes(7)
    assert len(header) == 54


@given(st.integers(1, FILE_BYTES_MAX), st.binary(min_size=20, max_size=20))
def test_a_header_comes_back_as_it_went(size: int, sha1: bytes) -> None:
    assert decode_header(encode_header(size, sha1)) == Header(size, sha1)


@given(
    st.binary(max_size=60)
    | st.binary(min_size=39, max_size=39).map(lambda tail: b"SHOALMANIFEST\x01\x01" + tail)
)
def test_bytes_are_a_violation_or_the_one_encoding_of_what_they_say(data: bytes) -> None:
    try:
        header = decode_header(data)
    except Violation:
        return
    assert encode_header(*header) == data


@pytest.mark.parametrize(
    "header", [encode_header(FILE_BYTES_MAX + 1, SHA1), encode_header(0, SHA1), b"", bytes(54)]
)
def test_a_header_of_an_impossible_file_is_a_violation(header: bytes) -> None:
    with pytest.raises(Violation):
        decode_header(header)


@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES, PIECE_BYTES + 1, TWO_BLOCKS])
def test_a_manifest_proves_itself_top_down(size: int) -> None:
    manifest = manifest_of(size)
    assert check_index(manifest.root, manifest.header, manifest.index).size == size
    assert [len(block) for block in manifest.blocks] == [
        block_length(size, at) for at in range(blocks_in(size))
    ]
    for number, block in enumerate(manifest.blocks):
        check_block(manifest.index, number, size, block)
        first = piece_hash(block, 0)
        assert first == PieceHash(
            (number * BLOCK_PIECES).to_bytes(20, "big"), (number * BLOCK_PIECES).to_bytes(32, "little")
        )


def test_every_forged_bit_of_header_index_and_root_is_found() -> None:
    good = manifest_of(TWO_BLOCKS)
    for bit in range(len(good.header) * 8):
        with pytest.raises(Violation):
            check_index(good.root, flipped(good.header, bit), good.index)
    for bit in range(len(good.index) * 8):
        with pytest.raises(Violation):
            check_index(good.root, good.header, flipped(good.index, bit))
    for bit in range(len(good.root) * 8):
        with pytest.raises(Violation):
            check_index(flipped(good.root, bit), good.header, good.index)


def test_every_forged_bit_of_a_block_is_found() -> None:
    good = manifest_of(5 * PIECE_BYTES)
    (block,) = good.blocks
    for bit in range(len(block) * 8):
        with pytest.raises(Violation):
            check_block(good.index, 0, 5 * PIECE_BYTES, flipped(block, bit))


@given(st.integers(0, 64 * TWO_BLOCKS // PIECE_BYTES), st.sampled_from([-1, 1]))
def test_a_list_of_another_length_is_found_even_where_its_hash_is_right(size: int, by: int) -> None:
    size = size * PIECE_BYTES // 64 + 1
    header = encode_header(size, SHA1)
    index = bytes(32 * max(0, blocks_in(size) + by))
    with pytest.raises(Violation):
        check_index(root_of(header, index), header, index)
    block = bytes(block_length(size, 0) + by)
    with pytest.raises(Violation):
        check_block(blake3(block).digest() * blocks_in(size), 0, size, block)


def test_blocks_do_not_change_places() -> None:
    good = manifest_of(2 * BLOCK_PIECES * PIECE_BYTES)
    with pytest.raises(Violation):
        check_block(good.index, 1, 2 * BLOCK_PIECES * PIECE_BYTES, good.blocks[0])


@given(st.binary(max_size=200), st.data())
def test_a_piece_with_any_bit_turned_is_refused(data: bytes, pick: st.DataObject) -> None:
    expected = hash_piece(data)
    assert verify_piece(memoryview(data), expected) is None
    if data:
        bit = pick.draw(st.integers(0, len(data) * 8 - 1))
        assert verify_piece(flipped(data, bit), expected) == "sha1"


@pytest.mark.parametrize("pair", PAIRS, ids=["identical prefix", "chosen prefix"])
def test_two_pieces_with_one_sha1_are_told_apart_by_the_strong_hash(pair: list[str]) -> None:
    one, other = (base64.b64decode(prefix).ljust(PIECE_BYTES, b"\0") for prefix in pair)
    assert one != other
    assert hash_piece(one).sha1 == hash_piece(other).sha1
    assert verify_piece(one, hash_piece(one)) is None
    assert verify_piece(other, hash_piece(one)) == "strong"
