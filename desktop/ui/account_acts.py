"""What a person does to their own account: another password, its devices, its end."""

from dataclasses import dataclass

from desktop.engine.views import DeviceView
from desktop.ui.amounts import day, name
from desktop.ui.desk import Desk
from desktop.ui.dialogs import Choice, Form


@dataclass(frozen=True)
class AccountActs:
    desk: Desk

    def change_password(self) -> None:
        fields = [("Old password", True), ("New password", True), ("New password again", True)]
        Form(self.desk.window, "Change password", fields, "Change password", self._change).open()

    def _change(self, old: str, new: str, again: str) -> None:
        if new == again:
            self.desk.do(self.desk.engine.change_password, "Password changed", old, new)
        else:
            self.desk.notices.fail("The new password was typed in two ways; nothing was changed")

    def devices(self) -> None:
        self.desk.runner.run(self.desk.engine.devices(), self._choose)

    def _choose(self, devices: list[DeviceView]) -> None:
        rows = [
            (one.id, f"{name(one.label)}  ·  {day(one.at)}" + ("  ·  this one" if one.this else ""))
            for one in devices
            if not one.revoked
        ]
        text = "These devices log in as you without a password. One that is revoked must type it again."
        Choice(self.desk.window, "Devices", text, rows, "Revoke", self._revoke).open()

    def _revoke(self, device: str) -> None:
        self.desk.do(self.desk.engine.revoke_device, "Device revoked", device)

    def log_out(self) -> None:
        self.desk.do(self.desk.engine.logout, "")

    def delete(self) -> None:
        Form(self.desk.window, "Delete account for good", [("Password", True)], "Delete", self._delete).open()

    def _delete(self, password: str) -> None:
        self.desk.do(self.desk.engine.delete_user, "Account deleted", password)
