"""The manifest of a file: header, index, blocks of piece hashes, and the root that names them all.

root = BLAKE3(header | index), index = BLAKE3 of each block, block = SHA-1 | BLAKE3 of each piece: checked top
down, so that a forged list is caught at its first block. A piece counts only when both its hashes match:
SHA-1 is what was asked for, and pairs of pieces with one SHA-1 can be had for nothing.
"""

import hashlib
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from blake3 import blake3

from shared.errors import Violation
from shared.facts.ids import SCHEME
from shared.limits import BLOCK_PIECES, FILE_BYTES_MAX, PIECE_BYTES

SHA1_BYTES = 20
STRONG_BYTES = 32
PIECE_HASH_BYTES = SHA1_BYTES + STRONG_BYTES
BLOCK_BYTES_MAX = BLOCK_PIECES * PIECE_HASH_BYTES

_HEADER = struct.Struct(f">13sBBQI{SHA1_BYTES}s7s")
HEADER_BYTES = _HEADER.size
_MAGIC = b"SHOALMANIFEST"
_VERSION = 1
_PADDING = bytes(7)
_SHA1_OF_NOTHING = hashlib.sha1(usedforsecurity=False).digest()

Buffer = bytes | bytearray | memoryview


class PieceHash(NamedTuple):
    sha1: bytes
    blake3: bytes


class Header(NamedTuple):
    size: int
    sha1: bytes
    """Of the whole file, as the uploader states it; only `verify` compares it."""


@dataclass(frozen=True)
class Manifest:
    header: bytes
    index: bytes
    blocks: list[bytes]
    root: bytes


def pieces_in(size: int) -> int:
    return -(-size // PIECE_BYTES)


def piece_length(size: int, piece: int) -> int:
    """Bytes of this piece; the last one is shorter."""
    return min(PIECE_BYTES, size - piece * PIECE_BYTES)


def blocks_in(size: int) -> int:
    return -(-pieces_in(size) // BLOCK_PIECES)


def pieces_of_block(size: int, block_number: int) -> int:
    """How many."""
    return min(BLOCK_PIECES, pieces_in(size) - block_number * BLOCK_PIECES)


def block_length(size: int, block_number: int) -> int:
    """Bytes of this block; the last one is shorter."""
    return pieces_of_block(size, block_number) * PIECE_HASH_BYTES


def encode_header(size: int, sha1_of_file: bytes) -> bytes:
    return _HEADER.pack(_MAGIC, _VERSION, SCHEME, size, PIECE_BYTES, sha1_of_file, _PADDING)


def decode_header(header: bytes) -> Header:
    """Raises Violation. There is exactly one header for a size and a SHA-1."""
    if len(header) != HEADER_BYTES:
        raise Violation(f"manifest header of {len(header)} bytes")
    _, _, _, size, _, sha1, _ = _HEADER.unpack(header)
    if header != encode_header(size, sha1):
        raise Violation("manifest header of another kind")
    if size > FILE_BYTES_MAX or (size == 0 and sha1 != _SHA1_OF_NOTHING):
        raise Violation(f"manifest header of an impossible file of {size} bytes")
    return Header(size, sha1)


def root_of(header: bytes, index: bytes) -> bytes:
    return blake3(header + index).digest()


def check_index(root: bytes, header: bytes, index: bytes) -> Header:
    """What the header says, once both are proven to be those of `root`. Raises Violation."""
    decoded = decode_header(header)
    if len(index) != blocks_in(decoded.size) * STRONG_BYTES:
        raise Violation(f"index of {len(index)} bytes for a file of {decoded.size}")
    if root_of(header, index) != root:
        raise Violation("header and index are not those of this root")
    return decoded


def check_block(index: bytes, block_number: int, size: int, block: bytes) -> None:
    """Raises Violation. `index` has passed check_index, and `block_number` is one that was asked for."""
    if len(block) != block_length(size, block_number):
        raise Violation(f"block {block_number} of {len(block)} bytes")
    at = block_number * STRONG_BYTES
    if blake3(block).digest() != index[at : at + STRONG_BYTES]:
        raise Violation(f"block {block_number} is not the one of this index")


def piece_hash(block: bytes, piece_in_block: int) -> PieceHash:
    at = piece_in_block * PIECE_HASH_BYTES
    return PieceHash(block[at : at + SHA1_BYTES], block[at + SHA1_BYTES : at + PIECE_HASH_BYTES])


def hash_piece(data: Buffer) -> PieceHash:
    """0.37 ms for a whole piece; both hashes let other threads run meanwhile."""
    return PieceHash(hashlib.sha1(data, usedforsecurity=False).digest(), blake3(data).digest())


def verify_piece(data: Buffer, expected: PieceHash) -> str | None:
    """None if `data` is that piece, else which hash caught it: "sha1" or "strong"."""
    found = hash_piece(data)
    if found.sha1 != expected.sha1:
        return "sha1"
    return None if found.blake3 == expected.blake3 else "strong"


def manifest_of_piece(data: Buffer) -> Manifest:
    """Of a file of one piece, which has the SHA-1 of the piece."""
    piece = hash_piece(data)
    block = piece.sha1 + piece.blake3
    header, index = encode_header(len(data), piece.sha1), blake3(block).digest()
    return Manifest(header, index, [block], root_of(header, index))


class ManifestBuilder:
    """Told the pieces' hashes in order."""

    def __init__(self, keep: Callable[[bytes], None] | None = None) -> None:
        """`keep` is given each block; without it the manifest has them: 104 MiB for the largest file."""
        self._blocks: list[bytes] = []
        self._keep = keep or self._blocks.append
        self._block = bytearray()
        """The one under way."""
        self._index = b""
        self._pieces = 0

    def add(self, piece: PieceHash) -> None:
        self._block += piece.sha1 + piece.blake3
        self._pieces += 1
        if len(self._block) == BLOCK_BYTES_MAX:
            self._end_block()

    def finish(self, size: int, sha1_of_file: bytes) -> Manifest:
        """To be called once."""
        if self._block:
            self._end_block()
        assert self._pieces == pieces_in(size), "a piece was not added"
        header = encode_header(size, sha1_of_file)
        return Manifest(header, self._index, self._blocks, root_of(header, self._index))

    def _end_block(self) -> None:
        block = bytes(self._block)
        self._block.clear()
        self._index += blake3(block).digest()
        self._keep(block)
