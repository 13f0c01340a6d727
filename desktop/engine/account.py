"""The accounts of one network on this computer: each with a device key of its own, that never leaves it."""

import logging
from dataclasses import dataclass, replace
from typing import Annotated

import msgspec

from desktop import private_files
from desktop.paths import AccountFolder, NetworkFolder
from shared.errors import Damaged, Violation
from shared.facts.ids import DeviceId, Uid, UserId, device_id
from shared.limits import DAY_S
from shared.names import fold
from shared.trust.certificates import Leaf, expires_at_s
from shared.trust.identity import PrivateKey, from_pem, raw_public, to_pem

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Account:
    uid: UserId
    name: str
    """As shown when a tracker was last asked."""
    folder: AccountFolder
    key: PrivateKey
    certificate: bytes | None
    """DER; None where there is none yet."""

    @property
    def dev(self) -> DeviceId:
        return device_id(raw_public(self.key))

    def leaf(self, wall_s: float) -> Leaf | None:
        """What trackers and peers are shown; None once it has expired."""
        return Leaf(self.certificate, self.key) if self.certificate and self.days_left(wall_s) > 0 else None

    def days_left(self, wall_s: float) -> float:
        return (expires_at_s(self.certificate) - wall_s) / DAY_S if self.certificate else 0.0


class _Known(msgspec.Struct, frozen=True):
    uid: Uid
    name: Annotated[str, msgspec.Meta(max_length=128)]


class _List(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    last: Uid | None = None
    """Who is logged in, or was when the program ended."""
    account: list[_Known] = []


class Accounts:
    """Files are read and written on the caller's thread: one or two, and small."""

    def __init__(self, network: NetworkFolder) -> None:
        self._network = network

    def last(self) -> Account | None:
        """Whose session the window takes up again."""
        known = self._list()
        return next((self._account(one) for one in known.account if one.uid == known.last), None)

    def called(self, name: str) -> list[Account]:
        """Those that have a key here and logged in by this name, or a name that cannot be told from it."""
        bare = fold(name.partition("~")[0])
        named = [one for one in self._list().account if fold(one.name.partition("~")[0]) == bare]
        return [account for one in named if (account := self._account(one))]

    def keep(self, uid: UserId, name: str, key: PrivateKey, certificate: bytes) -> Account:
        """After a login or a renewal. It is the last account from now on."""
        folder = self._network.account(uid)
        account = Account(uid, name, folder, key, certificate)
        folder.device_crt.unlink(missing_ok=True)  # a crash must not leave one of another key
        private_files.replace(folder.device_key, to_pem(key))
        private_files.replace(folder.device_crt, certificate)
        others = [one for one in self._list().account if one.uid != uid]
        self._write(_List(uid, [*others, _Known(uid, name)]))
        return account

    def renamed(self, account: Account, name: str) -> Account:
        others = [one for one in self._list().account if one.uid != account.uid]
        self._write(_List(account.uid, [*others, _Known(account.uid, name)]))
        return replace(account, name=name)

    def log_out(self) -> None:
        """No session is taken up again."""
        self._write(msgspec.structs.replace(self._list(), last=None))

    def forget(self, account: Account) -> None:
        """Deletes the key: the next login enrols a new device."""
        account.folder.device_key.unlink(missing_ok=True)
        account.folder.device_crt.unlink(missing_ok=True)
        self._write(_List(None, [one for one in self._list().account if one.uid != account.uid]))

    def _account(self, known: _Known) -> Account | None:
        folder = self._network.account(UserId(known.uid))
        try:
            if not private_files.is_private(folder.device_key):
                raise Damaged("others may have read the key")
            key = from_pem(folder.device_key.read_bytes())
        except (OSError, Damaged) as error:  # the password enrols a new one
            log.warning("device key not used path=%s error=%s", folder.device_key, error)
            return None
        try:
            certificate = folder.device_crt.read_bytes()
            expires_at_s(certificate)
        except (OSError, Violation):  # the key renews it
            certificate = None
        return Account(UserId(known.uid), known.name, folder, key, certificate)

    def _list(self) -> _List:
        return private_files.read_toml(self._network.accounts, _List) or _List()

    def _write(self, known: _List) -> None:
        private_files.make_folder(self._network.accounts.parent)
        private_files.write_toml(self._network.accounts, known)
