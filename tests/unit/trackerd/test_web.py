import asyncio
from collections.abc import Awaitable, Callable

import pytest

from shared.limits import WEB_CONNECTIONS_MAX, WEB_HEAD_BYTES_MAX
from tests.support.waiting import LONG_S
from trackerd.web import Page, Web, asked

Scenario = Callable[[Web, tuple[str, int]], Awaitable[None]]


def head(first: str, *lines: str) -> bytes:
    return "\r\n".join([first, *lines, "", ""]).encode()


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:9600", "127.0.0.1", "127.8.9.1:1", "[::1]:9600", "[::1]"]
)
def test_whoever_calls_this_computer_by_its_own_name_is_answered(host: str) -> None:
    assert asked(head("GET /metrics?x=1 HTTP/1.1", f"hOST: {host}"), is_local=True) == (200, "/metrics")


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["Host: evil.example"],
        ["Host: evil.example:9600"],
        ["Host: localhost.evil.example"],
        ["Host: 10.0.0.1"],
        ["Host: localhost", "Host: evil.example"],
        ["Host:"],
        ["Host: [evil]"],
        [" Host: localhost"],
    ],
)
def test_a_page_in_a_browser_does_not_get_at_it_by_another_name(lines: list[str]) -> None:
    assert asked(head("GET /metrics HTTP/1.1", *lines), is_local=True)[0] == 403


@pytest.mark.parametrize("method", ["POST", "HEAD", "OPTIONS", "PUT", "get"])
def test_nothing_but_get_is_answered(method: str) -> None:
    assert asked(head(f"{method} /metrics HTTP/1.1", "Host: localhost"), is_local=True)[0] == 405


@pytest.mark.parametrize(
    "first", ["", "GET", "GET /metrics", "GET /metrics FTP/1", "GET / metrics HTTP/1.1", "\x16\x03\x01"]
)
def test_what_is_no_request_is_said_to_be_none(first: str) -> None:
    assert asked(head(first, "Host: localhost"), is_local=True)[0] == 400


def test_where_others_may_ask_they_may_use_any_name() -> None:
    assert asked(head("GET /metrics HTTP/1.1", "Host: tracker.example"), is_local=False)[0] == 200


# --- on a socket ---------------------------------------------------------------------------------


def run(scenario: Scenario) -> None:
    async def whole() -> None:
        web = Web({"/metrics": Page("text/x", lambda: b"figures\n"), "/later": Page("text/x", lambda: None)})
        await web.start("127.0.0.1", 0)
        host, _, port = web.address.rpartition(":")
        try:
            async with asyncio.timeout(LONG_S):
                await scenario(web, (host, int(port)))
        finally:
            web.stop()
            await asyncio.sleep(0)

    asyncio.run(whole())


async def answer(address: tuple[str, int], request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(*address)
    writer.write(request)
    said = await reader.read()
    writer.close()
    return said


def test_a_page_is_served_and_the_connection_closed() -> None:
    async def scenario(web: Web, address: tuple[str, int]) -> None:
        said = await answer(address, head("GET /metrics HTTP/1.1", f"Host: {web.address}"))
        assert said.startswith(b"HTTP/1.1 200 OK\r\nContent-Type: text/x\r\nContent-Length: 8\r\n")
        assert said.endswith(b"\r\n\r\nfigures\n")
        assert (await answer(address, head("GET / HTTP/1.1", "Host: localhost"))).startswith(b"HTTP/1.1 404 ")
        later = await answer(address, head("GET /later HTTP/1.1", "Host: localhost"))
        assert later.startswith(b"HTTP/1.1 503 ")

    run(scenario)


def test_an_endless_request_and_too_many_connections_are_cut() -> None:
    async def scenario(web: Web, address: tuple[str, int]) -> None:
        assert (await answer(address, b"x" * (WEB_HEAD_BYTES_MAX + 1))).startswith(b"HTTP/1.1 431 ")
        held = [await asyncio.open_connection(*address) for _ in range(WEB_CONNECTIONS_MAX)]
        assert (await answer(address, b"")).startswith(b"HTTP/1.1 503 ")
        for reader, writer in held:
            writer.write(b"\r\n\r\n")
            await reader.read()
            writer.close()
        assert (await answer(address, head("GET /metrics HTTP/1.1", "Host: localhost"))).startswith(
            b"HTTP/1.1 200 "
        )

    run(scenario)
