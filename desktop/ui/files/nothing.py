"""What stands in the place of files where there are none, and what can be done about it."""

from desktop.engine.views import GroupView
from desktop.ui import amounts
from desktop.ui.empty_state import EmptyState
from desktop.ui.files.flat_view import FlatView
from desktop.ui.files.tree_view import TreeView
from desktop.ui.menus import Menus
from desktop.ui.words import tr


class NoFiles:
    def __init__(self, menus: Menus, tree: TreeView, flat: FlatView) -> None:
        self._menus = menus
        self._in_tree = EmptyState(tree, "share", "filesEmpty")
        self._in_list = EmptyState(flat, "search", "foundEmpty")

    def say(self, group: GroupView | None, *, listed: bool, searching: bool) -> None:
        """`listed`: it is known by now that there are none."""
        if group is None:
            text = tr("Its files appear here. Somebody may have sent you an invite link.")
            acts = "new_group", "join_group", "join_link"
            self._say("group", tr("Create a group or join one"), text, *acts)
        elif group.mine == "pending":
            text = tr("{user} owns this group and was asked.", user=amounts.name(group.owner))
            self._say("pending", tr("Waiting to be let in"), text, "withdraw")
        elif listed:
            text = tr("Files and folders that you drop are shared here.")
            self._say("share", tr("Drop files here"), text, "share_files", "share_folder", "invite")
        else:
            self._say("share", "", "")
        if searching:
            text = tr("No file or folder of your groups has all of these words.")
            self._in_list.say(tr("Nothing found"), text)
        else:
            self._in_list.say(tr("Nothing here"), "")

    def _say(self, shape: str, title: str, text: str, *acts: str) -> None:
        self._in_tree.say(title, text, [self._menus.action(act) for act in acts], shape)
