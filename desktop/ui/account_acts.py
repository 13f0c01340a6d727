"""What a person does to their own account: another password, its devices, its end."""

from dataclasses import dataclass

from desktop.engine.views import DeviceView
from desktop.ui.amounts import computers, day
from desktop.ui.desk import Desk
from desktop.ui.dialogs import Choice, Form
from desktop.ui.welcome.strength import least_password
from desktop.ui.words import mark, tr
from shared.limits import PASSWORD_CHARS_MIN


@dataclass(frozen=True)
class AccountActs:
    desk: Desk

    def change_password(self) -> None:
        fields = [
            (mark("Old password"), True),
            (mark("New password"), True),
            (mark("New password again"), True),
        ]
        title = mark("Change password")
        Form(self.desk.window, tr(title), fields, title, self._change, fault=_fault_of_new).open()

    def _change(self, old: str, new: str, _again: str) -> None:
        self.desk.do(self.desk.engine.change_password, tr("Password changed"), old, new)

    def devices(self) -> None:
        self.desk.runner.run(self.desk.engine.devices(), self._choose)

    def _choose(self, devices: list[DeviceView]) -> None:
        """Those of others first: the one that is chosen at once is not this one."""
        left = sorted((one for one in devices if not one.revoked), key=lambda one: one.this)
        names = computers([(one.label, one.id) for one in left])
        rows = [
            (
                one.id,
                "  ·  ".join([called, tr("added {day}", day=day(one.at)), *([tr("this one")] * one.this)]),
            )
            for one, called in zip(left, names, strict=True)
        ]
        text = tr("These devices log in as you without a password. One that is revoked must type it again.")
        Choice(self.desk.window, tr("Devices"), text, rows, mark("Revoke"), self._revoke).grave().open()

    def _revoke(self, device: str) -> None:
        self.desk.do(self.desk.engine.revoke_device, tr("Device revoked"), device)

    def log_out(self) -> None:
        self.desk.do(self.desk.engine.logout, "")

    def delete(self) -> None:
        fields = [(mark("Password"), True)]
        title = tr("Delete account for good")
        text = tr(
            "You leave all groups; one that you own goes to whoever is longest in it. "
            "Your files stay on this computer. It cannot be undone."
        )
        Form(self.desk.window, title, fields, mark("Delete"), self._delete, text).grave().open()

    def _delete(self, password: str) -> None:
        self.desk.do(self.desk.engine.delete_user, tr("Account deleted"), password)


def _fault_of_new(_old: str, new: str, again: str) -> str:
    if len(new) < PASSWORD_CHARS_MIN:
        return least_password()
    return "" if new == again else tr("The new password is not the same both times")
