import time
from pathlib import Path

import pytest

from desktop.engine.account import Accounts
from desktop.paths import Profile
from shared.facts.ids import UserId, device_id
from shared.limits import CERTIFICATE_DAYS
from shared.trust.certificates import device_leaf
from shared.trust.identity import PrivateKey, raw_public

MIRA, JOAO = UserId(b"m" * 16), UserId(b"j" * 16)
D_KEY = PrivateKey.generate()
NOW_S = time.time()  # noqa: TID251  any moment will do


def accounts_in(folder: Path) -> Accounts:
    return Accounts(Profile(folder / "profile").network("0" * 16))


def leaf(key: PrivateKey) -> bytes:
    return device_leaf(D_KEY, raw_public(key), NOW_S)


def test_an_account_outlives_the_program_with_its_key_and_certificate(tmp_path: Path) -> None:
    key = PrivateKey.generate()
    kept = accounts_in(tmp_path).keep(MIRA, "mira", key, leaf(key))
    found = accounts_in(tmp_path).last()
    assert found is not None
    assert (found.uid, found.name, found.dev) == (MIRA, "mira", kept.dev)
    assert found.leaf(NOW_S) is not None
    assert 0 < found.days_left(NOW_S) <= CERTIFICATE_DAYS
    assert found.leaf(NOW_S + (CERTIFICATE_DAYS + 1) * 24 * 3600) is None
    assert kept.folder.device_key.stat().st_mode & 0o777 == 0o600


def test_a_crash_at_a_login_with_a_new_key_leaves_no_certificate_of_the_old_one(tmp_path: Path) -> None:
    old, new = PrivateKey.generate(), PrivateKey.generate()
    kept = accounts_in(tmp_path).keep(MIRA, "mira", old, leaf(old))
    kept.folder.device_crt.with_name("device.crt.new").mkdir()  # so far it comes, and no further
    with pytest.raises(OSError, match=r"device\.crt\.new"):
        accounts_in(tmp_path).keep(MIRA, "mira", new, leaf(new))
    found = accounts_in(tmp_path).last()
    assert found is not None
    assert (found.dev, found.certificate) == (device_id(raw_public(new)), None)


def test_each_account_is_found_by_its_name_and_the_last_one_by_itself(tmp_path: Path) -> None:
    accounts = accounts_in(tmp_path)
    for uid, name in ((MIRA, "Mira"), (JOAO, "joao"), (UserId(b"n" * 16), "mira~6e6e")):
        key = PrivateKey.generate()
        accounts.keep(uid, name, key, leaf(key))
    assert [account.name for account in accounts.called("mira")] == ["Mira", "mira~6e6e"]
    assert [account.uid for account in accounts.called("JOAO")] == [JOAO]
    last = accounts.last()
    assert last is not None
    assert last.name == "mira~6e6e"
    accounts.log_out()
    assert accounts.last() is None
    assert len(accounts.called("joao")) == 1


def test_a_key_that_others_could_read_or_that_is_damaged_is_not_used(tmp_path: Path) -> None:
    accounts, key = accounts_in(tmp_path), PrivateKey.generate()
    account = accounts.keep(MIRA, "mira", key, leaf(key))
    account.folder.device_key.chmod(0o644)
    assert accounts.last() is None
    account.folder.device_key.chmod(0o600)
    assert accounts.last() is not None
    account.folder.device_key.write_bytes(b"no key")
    assert accounts.called("mira") == []


def test_a_damaged_certificate_is_none_as_the_key_can_renew_it(tmp_path: Path) -> None:
    accounts, key = accounts_in(tmp_path), PrivateKey.generate()
    accounts.keep(MIRA, "mira", key, leaf(key)).folder.device_crt.write_bytes(b"x")
    last = accounts.last()
    assert last is not None
    assert last.certificate is None


def test_a_forgotten_account_has_no_key_here(tmp_path: Path) -> None:
    accounts, key = accounts_in(tmp_path), PrivateKey.generate()
    account = accounts.keep(MIRA, "mira", key, leaf(key))
    accounts.forget(account)
    assert not account.folder.device_key.exists()
    assert accounts.last() is None
    assert accounts.called("mira") == []
