"""What the entries of the menus do to what is chosen in the panes, and which of them are possible now."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.engine.views import GroupView
from desktop.ui.account_acts import AccountActs
from desktop.ui.desk import Desk
from desktop.ui.files.acts import FileActs
from desktop.ui.files.drags import Chosen
from desktop.ui.groups.acts import GroupActs
from desktop.ui.groups.model import Place
from desktop.ui.invites.dialog import InviteActs
from desktop.ui.invites.joining import JoinActs
from desktop.ui.keys_help import KeysHelp
from desktop.ui.limits import LimitActs
from desktop.ui.network_check import CheckDialog
from desktop.ui.sharing import Sharing
from desktop.ui.transfers.acts import TransferActs
from desktop.ui.workspace import Workspace

_ALWAYS = {"quit", "command", "keys"}
_STARTED = {"limits", "preferences", "check_network"}
_LOGGED_IN = {"new_group", "join_group", "join_link", "change_password", "devices", "log_out",
              "delete_account", "to_groups", "to_files", "to_transfers", "to_details", "details"}  # fmt: skip


@dataclass(frozen=True)
class MenuActs:
    desk: Desk
    space: Workspace
    sharing: Sharing
    groups: GroupActs
    files: FileActs
    transfers: TransferActs
    joining: JoinActs
    limits: LimitActs

    def slots(self) -> dict[str, Callable[[], object]]:
        """By the names of the entries. Only those that are possible are ever triggered."""
        space, files, transfers = self.space, self.files, self.transfers
        account = AccountActs(self.desk)

        def with_files(act: Callable[[list[Chosen]], object]) -> Callable[[], None]:
            return lambda: files.with_names(space.files.on_show, act)

        def with_transfers(act: Callable[..., object], *how: str) -> Callable[[], object]:
            return lambda: act(space.transfers.chosen, *how)

        def with_person(act: Callable[[str, str], object]) -> Callable[[], object]:
            return lambda: act(self._place.group, self._place.user)

        def share(*, folder: bool) -> Callable[[], object]:
            return lambda: files.choose(self._group.name, self.sharing.share, folder=folder)

        return {
            "new_group": self.groups.create,
            "join_group": self.groups.join,
            "join_link": self.joining.by_link,
            "invite": lambda: InviteActs(self.desk).invite(self._group),
            "accept": with_person(self.groups.accept),
            "reject": with_person(self.groups.reject),
            "remove_member": with_person(self.groups.remove),
            "transfer": with_person(self.groups.hand_over),
            "withdraw": lambda: self.groups.withdraw(self._group.name),
            "leave": lambda: self.groups.leave(self._group),
            "limit_group": lambda: self.limits.change_in(self._group),
            "limits": self.limits.change,
            "share_files": share(folder=False),
            "share_folder": share(folder=True),
            "download": with_files(files.download),
            "download_to": with_files(files.download_to),
            "preview": with_files(files.preview),
            "stop_sharing": with_files(files.stop_sharing),
            "who_has": lambda: files.who_has(space.files.on_show.chosen()[0]),
            "older": lambda: files.older(space.files.on_show.chosen()[0]),
            "show_file": space.files.show_chosen,
            "find": space.files.start_search,
            "as_list": space.files.toggle_list,
            "pause": with_transfers(transfers.pause),
            "resume": with_transfers(transfers.resume),
            "first": with_transfers(transfers.order, "first"),
            "rarest": with_transfers(transfers.order, "rarest"),
            "pause_all": transfers.pause_all,
            "resume_all": transfers.resume_all,
            "priority_high": with_transfers(transfers.priority, "high"),
            "priority_normal": with_transfers(transfers.priority, "normal"),
            "priority_low": with_transfers(transfers.priority, "low"),
            "unshare": lambda: files.stop_sharing(space.transfers.items_chosen),
            "cancel": with_transfers(transfers.cancel),
            "reveal": lambda: files.reveal(space.transfers.selected[0].path),
            "details": self._toggle_details,
            "verify": with_transfers(transfers.verify),
            "change_password": account.change_password,
            "devices": account.devices,
            "log_out": account.log_out,
            "delete_account": account.delete,
            "check_network": lambda: CheckDialog(self.desk).open(),
            "to_groups": space.groups.view.setFocus,
            "to_files": lambda: space.upper_list.setFocus(),
            "to_transfers": space.transfers.view.setFocus,
            "to_details": self._to_details,
            "keys": lambda: KeysHelp(self.desk.window).open(),
        }

    def possible(self, *, started: bool) -> set[str]:
        """Names of the acts that make sense with what is chosen. `started`: there is an engine to ask."""
        acts = _ALWAYS | (_STARTED if started else set())
        user = self.desk.engine.user
        if user is None:
            return acts
        panes = self.space.groups.possible(user), self.space.files.possible(), self.space.transfers.possible()
        return acts.union(_LOGGED_IN, *panes)

    @property
    def _place(self) -> Place:
        place = self.space.groups.place
        assert place is not None, "an act on a group was possible without one"
        return place

    @property
    def _group(self) -> GroupView:
        group = self.space.groups.group
        assert group is not None, "an act on a group was possible without one"
        return group

    def _toggle_details(self) -> None:
        beside = self.space.beside
        beside.toggle()
        (self.space.details.tabs if beside.is_open else self.space.transfers.view).setFocus()

    def _to_details(self) -> None:
        self.space.beside.set_open(True)
        self.space.details.tabs.setFocus()
