from pathlib import Path

import pytest

from desktop import settings
from desktop.settings import Settings
from shared.errors import BadArgument


def test_settings_outlive_the_program(tmp_path: Path) -> None:
    changed = Settings(
        download_dir=tmp_path / "ü",
        ask_where=True,
        listen=("::1", 21500),
        tracker_info=tmp_path,
        appearance="dark",
    )
    settings.save(tmp_path / "settings.toml", changed)
    assert settings.load(tmp_path / "settings.toml") == changed
    assert settings.load(tmp_path / "none.toml") == Settings()


@pytest.mark.parametrize(
    "line", ['appearance = "pink"', 'colour = "red"', "ask_where = 1", 'listen = ["::", 65536]']
)
def test_a_wrong_setting_is_refused_by_its_name(tmp_path: Path, line: str) -> None:
    (tmp_path / "settings.toml").write_text(line)
    with pytest.raises(BadArgument, match=line.partition(" ")[0]):
        settings.load(tmp_path / "settings.toml")


def test_what_is_typed_beats_what_is_set(tmp_path: Path) -> None:
    assert Settings().told(tmp_path).download_dir == tmp_path
    assert Settings(download_dir=tmp_path).told(None).download_dir == tmp_path
