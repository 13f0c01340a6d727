"""When all of a file system is synced in place of each file, and that it is."""

import errno
import os
import sys
from pathlib import Path

import pytest

from desktop.engine.files.file_system import WholeSync, type_of, unwritten_bytes, version_of

MOUNTS = """21 27 0:20 / /proc rw shared:5 - proc proc rw
27 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
38 27 0:45 /sub /mnt/a\\040b rw - btrfs /dev/vdb rw,subvol=/sub
"""


def test_the_type_of_a_file_system_is_found_by_its_device() -> None:
    assert type_of(MOUNTS, os.makedev(254, 1)) == "ext4"
    assert type_of(MOUNTS, os.makedev(0, 45)) == "btrfs"
    assert type_of(MOUNTS + "\nnonsense", os.makedev(9, 9)) == ""


def test_what_is_not_written_yet_is_much_where_nobody_says() -> None:
    assert (
        unwritten_bytes("MemFree: 7 kB\nDirty:   12 kB\nWriteback:  4 kB\nWritebackTmp: 9 kB\n") == 16 << 10
    )
    assert unwritten_bytes("Dirty: 12 kB") == unwritten_bytes("") == float("inf")


def test_versions_are_compared_as_numbers() -> None:
    assert version_of("6.18.5-amd64") > version_of("6.8") > version_of("5.10.0") > (5, 8)
    assert version_of("5.4.0") < (5, 8)


@pytest.mark.skipif(sys.platform != "linux", reason="there is no such call")
def test_a_sync_that_fails_says_so(tmp_path: Path) -> None:
    fd = os.open(tmp_path, os.O_RDONLY)
    sync = WholeSync(fd)
    sync.run()
    os.close(fd)
    with pytest.raises(OSError, match=os.strerror(errno.EBADF)):
        sync.run()
    assert not WholeSync(-1).is_cheaper
