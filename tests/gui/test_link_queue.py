"""No link takes the place of the one that is shown, and none is lost that came meanwhile."""

from desktop.ui.invites.link_queue import LINKS_MAX, LinkQueue


class Window:
    """Shows links, one at a time, in the queue's order."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.now: list[str] = []
        """The one that is looked at."""
        self.queue = LinkQueue(self._show, lambda: self.now[0] if self.now else None)

    def _show(self, link: str) -> None:
        self.shown.append(link)
        self.now.append(link)


def test_links_are_shown_one_after_another_and_of_many_the_first() -> None:
    window = Window()
    queue, shown, now = window.queue, window.shown, window.now

    def leave() -> None:
        now.clear()
        queue.go_on()

    for link in ("a", "b", "a", "b", *map(str, range(100))):
        queue.open(link)
    assert shown == ["a"]
    queue.go_on()
    assert shown == ["a"], "it is still looked at"
    leave()
    assert shown == ["a", "b"]
    assert queue.take() == ["b", *(str(number) for number in range(LINKS_MAX - 1))]
    leave()
    assert shown == ["a", "b"]
    queue.open("a")
    assert shown == ["a", "b", "a"], "it may be opened again once it was left"
    now[:] = [""]  # a field in which nothing is yet
    queue.open("c")
    assert queue.take() == ["c"]


def test_a_link_whose_place_another_page_takes_is_shown_again_after_it() -> None:
    window = Window()
    queue, shown, now = window.queue, window.shown, window.now
    queue.open("a")
    queue.open("b")
    queue.put_by()
    now.clear()
    queue.go_on()
    assert shown == ["a", "a"]
    assert queue.take() == ["a", "b"]
