"""What the system shows of us, with buttons: by org.freedesktop.Notifications, where a desktop has that."""

import html
import os
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass

from jeepney import DBusAddress, HeaderFields, Message, new_method_call
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from desktop.ui.groups.model import Place
from desktop.ui.parts import Act
from desktop.ui.session_bus import Answered, SessionBus
from desktop.ui.words import tr
from shared.limits import NOTIFICATIONS_MAX

_NAME = "org.freedesktop.Notifications"
_SHOWER = DBusAddress("/org/freedesktop/Notifications", _NAME, _NAME)
_AS_THE_SYSTEM_HAS_IT = -1
"""How long it is shown."""


@dataclass(frozen=True)
class Told:
    """What the system is asked to tell."""

    title: str
    text: str
    place: Place | None = None
    """What a click on it shows; None is only the window."""
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class _Shown:
    told: Told
    by: object
    """Who shows it: nobody else may say what was pressed."""


class Notifications(QObject):
    def __init__(
        self,
        parent: QObject,
        show: Callable[[Place | None], object],
        plainly: Callable[[Told], object],
    ) -> None:
        """`show` opens the window there; `plainly` is how it is told where there are no buttons."""
        super().__init__(parent)
        self._show = show
        self._plainly = plainly
        self._shown: dict[int, _Shown] = {}
        self._sent: list[Told] = []
        """Whose number is not known yet."""
        self._has_buttons = self._has_markup = False
        self._bus: SessionBus | None = None

    def start(self) -> None:
        if sys.platform != "linux":
            return
        self._bus = SessionBus(self)
        self._bus.signalled.connect(self._heard)
        self._ask_what_it_can()

    def stop(self) -> None:
        """Takes back what is on show: nobody would hear its buttons."""
        for number in self._shown:
            self._call("CloseNotification", "u", number)
        bus, self._bus = self._bus, None
        if bus:
            bus.close()

    def tell(self, told: Told) -> None:
        if self._has_buttons:
            self._notify(told)
        else:
            self._tell_plainly(told)

    def _tell_plainly(self, told: Told) -> None:
        """What shows them with buttons may have come since, or come back. A bus that is being lost is let go
        before the next is dialled."""
        self._plainly(told)
        QTimer.singleShot(0, self, self._ask_what_it_can)

    def withdraw(self, places: Collection[Place]) -> None:
        """What asks for something that is decided by now."""
        self._sent = [told for told in self._sent if told.place not in places]
        for number, shown in self._shown.items():
            if shown.told.place in places:
                self._call("CloseNotification", "u", number)

    def _ask_what_it_can(self) -> None:
        """Of a bus that was lost, or was not there yet, the next one is asked."""
        if self._bus and not self._bus.is_up:
            self._shown.clear()  # numbers begin anew there
            self._bus.dial()
            self._bus.listen(_SHOWER)

        def answered(reply: Message | None) -> None:
            able = reply.body[0] if reply and _signature(reply) == "as" else []
            self._has_buttons, self._has_markup = "actions" in able, "body-markup" in able

        self._call("GetCapabilities", "", then=answered)

    def _notify(self, told: Told) -> None:
        def answered(reply: Message | None) -> None:
            if is_wanted := told in self._sent:
                self._sent.remove(told)
            if reply is None or _signature(reply) != "u":
                self._has_buttons = False
                if is_wanted:
                    self._tell_plainly(told)
                return
            number = reply.body[0]
            self._shown[number] = _Shown(told, _sender(reply))
            if not is_wanted:
                self._call("CloseNotification", "u", number)
            if len(self._shown) > NOTIFICATIONS_MAX:
                del self._shown[next(iter(self._shown))]

        self._sent.append(told)
        text = html.escape(told.text, quote=False) if self._has_markup else told.text
        buttons = ["default", tr("Open Shoal")]
        for at, (word, _) in enumerate(told.acts):
            buttons += [str(at), tr(word)]
        hints = {"desktop-entry": ("s", QGuiApplication.desktopFileName())}
        shown = ("Shoal", 0, "shoal", told.title, text, buttons, hints, _AS_THE_SYSTEM_HAS_IT)
        self._call("Notify", "susssasa{sv}i", *shown, then=answered)

    def _call(self, member: str, signature: str, *values: object, then: Answered | None = None) -> None:
        if self._bus:
            self._bus.call(new_method_call(_SHOWER, member, signature, values), then)

    def _heard(self, message: Message) -> None:
        match message.header.fields.get(HeaderFields.member), message.body:
            case what, (int(number), said):
                shown = self._shown.get(number)
                if shown and shown.by == _sender(message):
                    self._happened(what, number, shown.told, said)
            case _:
                pass

    def _happened(self, what: object, number: int, told: Told, said: object) -> None:
        if what == "ActivationToken":  # comes first; with it Wayland lets the window come forward
            os.environ["XDG_ACTIVATION_TOKEN"] = str(said).replace("\0", "")
        elif what in ("ActionInvoked", "NotificationClosed"):
            del self._shown[number]
            if what == "ActionInvoked":
                self._do(told, said)

    def _do(self, told: Told, pressed: object) -> None:
        acts = {str(at): act for at, (_, act) in enumerate(told.acts)}
        acts.get(str(pressed), lambda: self._show(told.place))()


def _signature(message: Message) -> object:
    return message.header.fields.get(HeaderFields.signature)


def _sender(message: Message) -> object:
    return message.header.fields.get(HeaderFields.sender)
