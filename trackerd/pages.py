"""Cuts rows into pages, each for one message."""

from collections.abc import Iterable, Iterator

from shared.facts.rows import Row
from shared.limits import ROWS_PAGE_BYTES_MAX, ROWS_PAGE_MAX


def pages(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """None of them is empty; reads one row ahead."""
    page: list[Row] = []
    page_bytes = 0
    for row in rows:
        page_bytes += row.wire_bytes
        if page and (len(page) == ROWS_PAGE_MAX or page_bytes > ROWS_PAGE_BYTES_MAX):
            yield page
            page, page_bytes = [], row.wire_bytes
        page.append(row)
    if page:
        yield page
