"""How much some paths are, before anybody shares them."""

from pathlib import Path

import pytest

from desktop.engine.files import weighing
from desktop.engine.transfer_views import Weighed


def test_what_would_be_shared_is_counted_up_to_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, size in {"f/a": 5, "f/g/b": 7, "f/.shoal-part/c": 100, "d": 1}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(bytes(size))
    (tmp_path / "f" / "up").symlink_to(tmp_path)
    (tmp_path / "f" / "keys").mkdir()
    (tmp_path / "f" / "keys" / "device.key").write_bytes(bytes(1000))
    ours = tmp_path / "f" / "keys"
    paths = [ours, ours / "device.key", tmp_path / "f", tmp_path / "d", tmp_path / "gone"]
    assert weighing.weigh(paths, ours) == Weighed(files=3, size=13, more=False)
    monkeypatch.setattr(weighing, "WEIGHED_MAX", 2)
    assert weighing.weigh(paths, ours).more
    assert weighing.weigh([tmp_path / "d"], ours) == Weighed(files=1, size=1, more=False)
