"""Invite links that were opened outside of the window: one is shown, the others wait until it is left."""

from collections.abc import Callable

LINKS_MAX = 8
"""A web page may open many."""


class LinkQueue:
    def __init__(self, show: Callable[[str], object], shown: Callable[[], str | None]) -> None:
        """`shown`: the link that somebody looks at; of a field for one what is in it. No other takes its
        place meanwhile, as a click is to agree to what was read."""
        self._show, self._shown = show, shown
        self._waiting: list[str] = []

    def open(self, link: str) -> None:
        shown = self._shown()
        if shown is None:
            self._show(link)
        elif link not in (shown, *self._waiting) and len(self._waiting) < LINKS_MAX:
            self._waiting.append(link)

    def go_on(self) -> None:
        """After one was left."""
        if self._waiting and self._shown() is None:
            self._show(self._waiting.pop(0))

    def put_by(self) -> None:
        """Something else takes the place of the one that is shown: it is the next one."""
        self._waiting = self.take()

    def take(self) -> list[str]:
        """The one that is shown, if so, and those that wait, which do not wait here any more."""
        links, self._waiting = [*filter(None, [self._shown()]), *self._waiting], []
        return links
