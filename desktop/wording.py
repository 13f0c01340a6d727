"""Each code in a person's words: one sentence that says what is wrong and what to do.

`words` gives a sentence in another language, before its {names} are filled in; the prompt speaks English.
"""

from collections.abc import Callable

from shared.errors import Coded, ShoalError

SENTENCES: dict[str, str] = {
    "not_logged_in": "nobody is logged in; type: login <user> <password>",
    "already_logged_in": "another user is logged in here; type: logout",
    "wrong_login": "the user name or the password is wrong",
    "weak_password": "the password must have 8 to 256 characters",
    "exists": "it already exists",
    "not_found": "not found",
    "not_a_member": "not a member of {group}",
    "already_member": "already a member of {group}",
    "not_owner": "not the owner of {group}: only its owner may do that",
    "no_pending": "no pending request of {user} in {group}",
    "invite_over": "this invite was used up, has expired or was taken back; ask for another one",
    "not_shared": "{name} is not shared by you in {group}",
    "not_yet": "the other side has not heard of it yet; try again in a moment",
    "queued": "waits for its turn",
    "bad_name": "that name cannot be used",
    "bad_argument": "an argument is not what it must be",
    "usage": "the command was not typed as it must be; type: help",
    "bad_path": "that path cannot be used",
    "no_space": "there is not enough free space",
    "disk_full": "the disk is full; it goes on by itself when there is space",
    "disk_error": "the disk did not do what was asked of it",
    "timeout": "it took too long",
    "no_tracker": "no tracker can be reached; what is known here is still shown, and it keeps trying",
    "busy": "too much is asked at once; try again in a moment",
    "quota": "a limit of this network is reached",
    "pepper_missing": "this tracker lacks the secret that the password was stored with; tell who runs it",
    "device_taken": "the key of this device belongs to another user",
    "device_revoked": "this device has been revoked; log in again with the password",
    "clock_off": "the clock of this computer is too far off; set it right",
    "pin_mismatch": "the tracker does not have the key it had before; tell who runs it and do not go on",
    "version": "the two programs have no protocol version in common; update the older one",
    "unsupported": "the other side does not know this request; update it",
    "altered": "it is not what was downloaded any more; it can be fetched again",
    "damaged": "stored state is damaged",
    "profile_in_use": "another Shoal uses this profile",
    "internal": "something went wrong that should not have; the log says more",
}
"""What each code means where no command says it better. {names} are the arguments of the command."""

NOBODY_ANSWERS = "no tracker of this network can be reached; is this computer online, and the tracker?"
_FILE_NOT_FOUND = "{name} not found in {group}; type: list_files {group}"
IN_COMMAND: dict[tuple[str, str], str] = {
    ("create_user", "no_tracker"): NOBODY_ANSWERS,
    ("login", "no_tracker"): NOBODY_ANSWERS,
    ("create_user", "exists"): "user {user} already exists; choose another name",
    ("create_group", "exists"): "group {group} already exists; choose another name",
    ("change_password", "wrong_login"): "the old password is wrong",
    ("delete_user", "wrong_login"): "the password is wrong",
    ("revoke_device", "not_found"): "device {id} not found; type: devices",
    ("leave_group", "not_a_member"): "not a member of {group}, so there is nothing to leave",
    ("download_file", "not_found"): _FILE_NOT_FOUND,
    ("stop_share", "not_found"): "{name} not found in {group}",
    ("older_versions", "not_found"): _FILE_NOT_FOUND,
    ("who_has", "not_found"): _FILE_NOT_FOUND,
    ("relink", "not_found"): "{name} not found in {group}",
    ("accept_request", "not_found"): "user or group not found: {user}, {group}",
    ("reject_request", "not_found"): "user or group not found: {user}, {group}",
    ("remove_member", "not_a_member"): "{user} is not a member of {group}",
    ("transfer_group", "not_a_member"): "{user} is not a member of {group}",
    ("join_link", "not_found"): "the group of that link is no more",
    ("join_link", "already_member"): "you are in the group of that link already",
    ("withdraw_request", "no_pending"): "no pending request of yours in {group}",
}
OF_PATHS = (
    "all names like it are taken",
    "choose a folder that has a name",
    "it changed while it was read",
    "it exists and is not a folder",
    "it is a link",
    "it is closed",
    "it is not a file",
    "it is not a text",
    "it is not what it was",
    "it is not what was downloaded any more",
    "it may not be written to",
    "it was replaced while it was saved",
    "it was shared with a size that is not its own",
    "no file can be called so",
    "it may not hold Shoal's own folder, nor lie in it",
    "that is another file",
    "that is where Shoal keeps its own files",
    "the SHA-1 that it was shared with is not that of the file",
    "there is no file in it that can be shared",
    "there is no such folder",
    "too long a path to share",
)
"""What the engine says of a path or a name, which stand before it: `/a/b: it is a link`."""
OF_SYSTEM = (
    "File name too long",
    "Input/output error",
    "Is a directory",
    "No such file or directory",
    "No space left on device",
    "Not a directory",
    "Permission denied",
    "Read-only file system",
)
"""The commonest of what a system says of a path, in the same place."""
_GROUP_NOT_FOUND = "group {group} not found; type: list_groups"


Words = Callable[[str], str]
TRACKER_STATES = {
    "connected": "in use",
    "up": "reachable",
    "unknown": "not needed yet",
    "lost": "not reachable, {why}",
}


LOST = {
    "ended": "it ended the connection",
    "refused": "no tracker runs there",
    "silent": "no answer",
    "other_key": "it has another key",
    "unknown": "no such computer is known",
    "no_way": "no network leads there",
    "broken": "the connection broke",
}
"""Why a tracker was lost or could not be reached."""


def tracker_state(state: str, why: str, words: Words = str) -> str:
    """Of one tracker in a list of them."""
    return words(TRACKER_STATES.get(state, TRACKER_STATES["lost"])).format(why=words(why))


WAITS_FOR = {"somebody": "nobody who has it is online", "a_way": "nobody who has it can be reached"}
"""What a download lacks of whom it could come from."""
WITHDRAWN = {"changed": "it was changed on disk", "missing": "it is not where it was on disk"}
"""Why a file is not shared any more."""
_RENAMED = {
    ("file", False): "another file came before {old}, which is now shown as {new}",
    ("user", False): (
        "you are now called {new}: somebody else was {old} before you, at a tracker that yours could not "
        "reach; password, groups and files stay as they are"
    ),
    ("user", True): (
        "somebody else became {old} too, while trackers could not talk, and is now called {new}; "
        "you are still {old}"
    ),
    ("group", False): (
        "your group {old} is now called {new}: another {old} was made before it, at a tracker that yours "
        "could not reach; members and files stay as they are"
    ),
    ("group", True): (
        "another group was made as {old}, while trackers could not talk, and is now called {new}; "
        "yours is still {old}"
    ),
}
_UNMARKED = {
    "user": "you are called {new} again: nobody else has that name now",
    "group": "your group {old} is called {new} again: no other has that name now",
}


def name_changed(kind: str, old: str, new: str, *, rival: bool, words: Words = str) -> str:
    """What it means for the person that a name, which two claimed, is shown otherwise now."""
    is_free = kind in _UNMARKED and "~" not in new
    return words(_UNMARKED[kind] if is_free else _RENAMED[kind, rival]).format(old=old, new=new)


PROTOCOL_BROKEN = "the other side broke the protocol: {error}"
RETRY_AFTER = "too much is asked at once; try again in {seconds} s"


class _Arguments(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "it"


def by_code(code: str, words: Words = str, /, **arguments: object) -> str:
    """What a code means, wherever it came from."""
    return words(SENTENCES.get(code, code)).format_map(_Arguments(arguments))


def sentence(
    error: ShoalError | OSError, command: str = "", words: Words = str, /, **arguments: object
) -> str:
    """`error` for the person who typed `command` with these arguments. Never raises."""
    if isinstance(error, OSError):
        said = error.strerror or str(error)
        return f"{error.filename}: {said}" if error.filename else said
    if not isinstance(error, Coded):
        return words(PROTOCOL_BROKEN).format(error=error)
    own_text = str(error)
    if own_text != (type(error).__doc__ or "").strip():
        return words(own_text)
    if seconds := error.detail.get("retry_after_s"):
        return words(RETRY_AFTER).format(seconds=seconds)
    template = IN_COMMAND.get((command, error.code))
    if template is None and error.code == "not_found" and "group" in arguments:
        template = _GROUP_NOT_FOUND
    return words(template or SENTENCES.get(error.code, own_text)).format_map(_Arguments(arguments))
