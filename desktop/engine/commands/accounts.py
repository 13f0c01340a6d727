"""Accounts and their devices."""

import secrets
import socket

import shared.wire.tracker_messages as m
from desktop.engine import events
from desktop.engine.commands.core import Core
from desktop.engine.views import DeviceView
from shared.errors import NotFound, WeakPassword
from shared.facts.derive import fact
from shared.facts.ids import DeviceId
from shared.facts.rows import Device, Kind, Revoked, body_of
from shared.limits import LABEL_CHARS_MAX, PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN
from shared.names import check_name

IN_STEP_S_MAX = 5.0


class AccountCommands(Core):
    async def create_user(self, user: str, password: str) -> str:
        """The name as shown."""
        check_name(user)
        _check_password(password)
        created = await self._client.ask(m.CreateUser(secrets.token_bytes(32), user, password), m.Created)
        return created.name

    async def login(self, user: str, password: str) -> str:
        """Proves the password, also of who is logged in already. Returns the name as shown, once this
        device knows what the account's groups hold, or some seconds later."""
        async with self._changing_account:
            account = await self._client.login(user, password, socket.gethostname()[:LABEL_CHARS_MAX])
            if self._session is not None and self._session.account.dev != account.dev:
                await self._close_session()  # this device was revoked, and has a new key now
            if self._session is None:
                self._open_session(account)
                await self._client.wait_in_step(IN_STEP_S_MAX)
                await self._links.use_all()
            return account.name

    async def logout(self, *, forget: bool = False) -> None:
        """`forget` also revokes this device and deletes its key."""
        async with self._changing_account:
            self._logged_in()
            await self._client.logout(forget=forget)
            await self._close_session()
        self.emit(events.LoggedOut())

    async def change_password(self, old: str, new: str) -> None:
        self._logged_in()
        _check_password(new)
        await self._do(m.ChangePassword(old, new))

    async def delete_user(self, password: str) -> None:
        async with self._changing_account:
            self._logged_in()
            await self._do(m.DeleteUser(password))
            await self._client.logout()
            await self._close_session()
        self.emit(events.LoggedOut())

    async def devices(self) -> list[DeviceView]:
        """This user's, oldest first."""
        session = self._logged_in()
        rows = session.mirror.rows
        views = [
            DeviceView(
                id=row.id.hex(),
                label=device.label,
                at=device.at,
                this=row.id == session.account.dev,
                revoked=fact(rows, Revoked, row.id) is not None,
            )
            for row in rows.about(session.account.uid, Kind.DEVICE)
            for device in [body_of(row, Device)]
        ]
        return sorted(views, key=lambda view: (view.at, view.id))

    async def revoke_device(self, device: str) -> None:
        """By its id, or a beginning of it that no other has. Raises NotFound."""
        begins = device.lower()
        found = [view for view in await self.devices() if view.id.startswith(begins) and not view.revoked]
        if not device or len(found) != 1:
            raise NotFound
        await self._do(m.RevokeDevice(DeviceId(bytes.fromhex(found[0].id))))


def _check_password(password: str) -> None:
    if not PASSWORD_CHARS_MIN <= len(password) <= PASSWORD_CHARS_MAX:
        raise WeakPassword
