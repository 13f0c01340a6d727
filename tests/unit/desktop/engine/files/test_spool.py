import random
from pathlib import Path

import pytest

from desktop.engine.files.spool import Spool
from desktop.engine.library import Library, StoredManifest
from desktop.engine.library_changes import keep_manifest
from shared.errors import DiskError
from shared.limits import BLOCK_PIECES, PIECE_BYTES
from shared.manifest import ManifestBuilder, PieceHash


def test_blocks_are_as_they_were_and_nobody_sees_where(tmp_path: Path) -> None:
    spool, lot = Spool(tmp_path), random.Random(1)
    spooling, holding = ManifestBuilder(spool.append), ManifestBuilder()
    pieces = 2 * BLOCK_PIECES + 3
    for _ in range(pieces):
        piece = PieceHash(lot.randbytes(20), lot.randbytes(32))
        spooling.add(piece)
        holding.add(piece)
    spooled = spooling.finish(pieces * PIECE_BYTES, bytes(20))
    held = holding.finish(pieces * PIECE_BYTES, bytes(20))
    assert (spooled.header, spooled.index, spooled.root) == (held.header, held.index, held.root)
    assert [*spool] == [*spool] == held.blocks
    assert spooled.blocks == []
    assert not [*tmp_path.iterdir()]
    library = Library(tmp_path / "library.sqlite")
    kept = StoredManifest(held.header, held.index)
    library.submit(lambda db: keep_manifest(db, held.root, kept, enumerate(spool))).result()
    assert [library.block(held.root, number) for number in range(3)] == held.blocks
    library.close()


def test_a_folder_that_has_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(DiskError):
        Spool(tmp_path / "nowhere")
