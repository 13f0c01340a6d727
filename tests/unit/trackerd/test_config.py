from pathlib import Path

import pytest

from shared.errors import BadArgument
from trackerd.config import Place, load, load_place


def written(folder: Path, text: str) -> Path:
    path = folder / "trackerd.toml"
    path.write_text(text)
    return path


def test_what_is_typed_beats_the_file_and_the_file_the_defaults(tmp_path: Path) -> None:
    path = written(
        tmp_path, 'tracker_info = "info.txt"\nnumber = 2\nlog-format = "json"\ndata = "/srv/shoal"\n'
    )
    settings = load(path, {"number": 3, "log-format": None})
    assert settings.tracker_info == tmp_path / "info.txt"
    assert (settings.number, settings.log_format, settings.log_level) == (3, "json", "info")
    assert settings.data == Path("/srv/shoal")
    assert settings.limits.groups_per_user == 100


def test_limits_and_the_cost_of_a_password_are_tables(tmp_path: Path) -> None:
    typed = {"tracker_info": "x", "number": 1}
    settings = load(written(tmp_path, "[limits]\ngroups_per_user = 7\n[argon2]\nmemory_kib = 19456\n"), typed)
    assert settings.limits.groups_per_user == 7
    assert (settings.argon2.memory_kib, settings.argon2.passes) == (19456, 3)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("number = 0", "number"),
        ("number = 256", "number"),
        ("numbr = 1", "numbr"),
        ('registration = "sometimes"', "registration"),
        ("[limits]\ngroups = 1", "groups"),
        ("number = ", "Invalid value"),
        ("data = 5", "data"),
        ("\udcff", "trackerd.toml"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "trackerd.toml"
    path.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(BadArgument, match=named):
        load(path, {"tracker_info": "x"} | ({} if "number" in text else {"number": 1}))


def test_two_networks_and_two_trackers_of_one_keep_their_state_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    folders = {
        load(None, {"tracker_info": str(tmp_path / name), "number": number}).data
        for name in ("a.txt", "b.txt")
        for number in (1, 2)
    }
    assert len(folders) == 4


def test_a_service_keeps_its_state_where_systemd_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", "/var/lib/shoal-trackerd:/var/lib/other")
    assert load(None, {"tracker_info": "x", "number": 1}).data == Path("/var/lib/shoal-trackerd")


def test_a_tool_finds_its_tracker_by_a_folder_alone_or_as_the_tracker_does(tmp_path: Path) -> None:
    assert load_place(None, {"data": "/srv/shoal"}) == Place(Path("/srv/shoal"))
    path = written(tmp_path, 'tracker_info = "info.txt"\nnumber = 2\nlog-format = "json"\ndata = "state"\n')
    assert load_place(path, {}) == Place(tmp_path / "state", tmp_path / "info.txt", 2)
    by_line = {"tracker_info": str(tmp_path / "x"), "number": 1}
    assert load_place(None, by_line).data == load(None, by_line).data
    with pytest.raises(BadArgument, match="data"):
        load_place(written(tmp_path, "number = 1\n"), {})
