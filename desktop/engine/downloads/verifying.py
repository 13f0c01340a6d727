"""Whether what was downloaded is there still, as it came."""

from pathlib import Path

from desktop.engine.surroundings import Surroundings
from shared.errors import Damaged, ShoalError


def is_as_shared(around: Surroundings, path: Path, root: bytes) -> bool:
    """Reads it: in a thread. Raises Damaged where whoever shared it gave it a SHA-1 that is not its own."""
    manifest = around.library.manifest(root)
    try:
        hashed = around.hasher.hash(path, lambda _: None, lambda: False)
    except ShoalError:
        return False
    if manifest is None or hashed.index != manifest.index:
        return False
    if hashed.header != manifest.header:
        raise Damaged(f"{path}: the SHA-1 that it was shared with is not that of the file")
    return True
