"""Cuts what is long into pages, each for one message."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from shared.facts.rows import Row
from shared.limits import ROWS_PAGE_BYTES_MAX, ROWS_PAGE_MAX

T = TypeVar("T")


def pages(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """None of them is empty; reads one row ahead."""
    return cut(rows, lambda row: row.wire_bytes, ROWS_PAGE_MAX)


def cut(items: Iterable[T], bytes_of: Callable[[T], int], at_most: int) -> Iterator[list[T]]:
    """So many on a page, or as few as fit a frame."""
    page: list[T] = []
    page_bytes = 0
    for item in items:
        item_bytes = bytes_of(item)
        page_bytes += item_bytes
        if page and (len(page) == at_most or page_bytes > ROWS_PAGE_BYTES_MAX):
            yield page
            page, page_bytes = [], item_bytes
        page.append(item)
    if page:
        yield page
