"""Accounts and their devices at the prompt."""

import msgspec

from desktop.console.acts.answers import Acts, Answer, day
from shared.names import shown


class AccountActs(Acts):
    async def create_user(self, user: str, password: str) -> Answer:
        name = await self._engine.create_user(user, password)
        return Answer([f"success: user {shown(name)} created"])

    async def login(self, user: str, password: str) -> Answer:
        name = await self._engine.login(user, password)
        return Answer([f"success: logged in as {shown(name)}"])

    async def logout(self, forget: str = "") -> Answer:
        await self._engine.logout(forget=bool(forget))
        return Answer(["success: logged out"])

    async def change_password(self, old: str, new: str) -> Answer:
        await self._engine.change_password(old, new)
        return Answer(["success: password changed"])

    async def delete_user(self, password: str) -> Answer:
        await self._engine.delete_user(password)
        return Answer(["success: account deleted"])

    async def devices(self) -> Answer:
        devices = await self._engine.devices()
        lines = [
            f"{device.id} {shown(device.label)} since {day(device.at)}"
            + (" (this one)" if device.this else "")
            + (" (revoked)" if device.revoked else "")
            for device in devices
        ]
        return Answer(lines, {"devices": msgspec.to_builtins(devices)})

    async def revoke_device(self, id: str) -> Answer:  # noqa: A002  the command's own word
        await self._engine.revoke_device(id)
        return Answer(["success: device revoked"])
