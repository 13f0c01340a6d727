import subprocess
import sys
from pathlib import Path

import pytest

from desktop.paths import Profile
from shared.errors import BadPath, ProfileInUse
from shared.facts.ids import UserId


def test_all_folders_are_closed_to_others(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "profile")
    account = profile.network("0" * 16).account(UserId(b"u" * 16))
    for folder in (profile.root, profile.log, profile.own_tracker, account.root, account.root.parent):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert account.device_key == tmp_path / f"profile/networks/{'0' * 16}/accounts/{'75' * 16}/device.key"
    assert [network.root.name for network in profile.networks] == ["0" * 16]


def test_a_profile_is_used_by_one_at_a_time(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "profile")
    with profile.lock(), pytest.raises(ProfileInUse), Profile(profile.root).lock():
        pass
    with profile.lock():
        pass


def test_the_lock_goes_with_the_process_that_held_it(tmp_path: Path) -> None:
    holder = (
        "import sys; from pathlib import Path; from desktop.paths import Profile\n"
        "with Profile(Path(sys.argv[1])).lock(): print('held', flush=True); sys.stdin.read()"
    )
    root = Path(__file__).parents[3]
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(tmp_path / "profile")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=root,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(ProfileInUse), Profile(tmp_path / "profile").lock():
            pass
        process.kill()
    with Profile(tmp_path / "profile").lock():
        pass


def test_a_folder_with_other_things_in_it_is_not_taken_over(tmp_path: Path) -> None:
    (tmp_path / "letter").touch()
    tmp_path.chmod(0o755)
    with pytest.raises(BadPath):
        Profile(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    with pytest.raises(BadPath):
        Profile(tmp_path / "letter")


@pytest.mark.parametrize("folder", ["profile", "profile/log", ".", "profile/../profile"])
def test_downloads_and_profile_do_not_overlap(tmp_path: Path, folder: str) -> None:
    profile = Profile(tmp_path / "profile")
    with pytest.raises(BadPath):
        profile.check_download_dir(tmp_path / folder)
    profile.check_download_dir(tmp_path / "profile2")
