"""The page for Prometheus and for whoever watches over the tracker: GET, a few short paths, nothing else.

Other programs of this computer may ask, and so may a browser that some page sends here: which is why the
Host must be this computer's, so that a name that was bent to it is of no use.
"""

import asyncio
import ipaddress
from collections.abc import Callable, Mapping
from typing import NamedTuple, cast

from shared.addresses import plain_ip, shown_address
from shared.limits import WEB_CONNECTIONS_MAX, WEB_HEAD_BYTES_MAX, WEB_REQUEST_S_MAX

_END = b"\r\n\r\n"
_REASON = {
    200: "OK",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    431: "Request Header Fields Too Large",
    503: "Service Unavailable",
}


class Page(NamedTuple):
    content_type: str
    body: Callable[[], bytes | None]
    """None is for "not now", status 503."""


class Web:
    """Belongs to the loop's thread."""

    address: str

    def __init__(self, pages: Mapping[str, Page]) -> None:
        """By their paths."""
        self.pages = pages
        self.is_local = True
        self.connections: dict[_Connection, None] = {}

    async def start(self, host: str, port: int) -> None:
        """Raises OSError."""
        self._listener = await asyncio.get_running_loop().create_server(lambda: _Connection(self), host, port)
        here = self._listener.sockets[0].getsockname()
        self.is_local = plain_ip(here[0]).is_loopback
        self.address = shown_address(here[0], here[1])

    def stop(self) -> None:
        self._listener.close()
        for connection in [*self.connections]:
            connection.end()


class _Connection(asyncio.Protocol):
    """One request, one answer."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._head = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._web.connections[self] = None
        self._late = asyncio.get_running_loop().call_later(WEB_REQUEST_S_MAX, self.end)
        if len(self._web.connections) > WEB_CONNECTIONS_MAX:
            self._answer(503)

    def data_received(self, data: bytes) -> None:
        self._head += data
        if _END in self._head:
            self._answer(*asked(self._head, is_local=self._web.is_local))
        elif len(self._head) > WEB_HEAD_BYTES_MAX:
            self._answer(431)

    def connection_lost(self, _exc: Exception | None) -> None:
        self._web.connections.pop(self, None)
        self._late.cancel()

    def end(self) -> None:
        self._transport.abort()

    def _answer(self, status: int, path: str = "") -> None:
        kind, body = "text/plain", None
        if status == 200:
            page = self._web.pages.get(path)
            kind, body = (page.content_type, page.body()) if page else (kind, None)
            status = 404 if page is None else 503 if body is None else 200
        said = f"{status} {_REASON[status]}"
        if body is None:
            body = f"{said}\n".encode()
        head = [f"HTTP/1.1 {said}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Allow: GET"]
        self._transport.write("\r\n".join([*head, "Connection: close", "", ""]).encode() + body)
        self._transport.close()


def asked(head: bytes, *, is_local: bool) -> tuple[int, str]:
    """The status to answer with, and the path that was asked for. `is_local`: only this computer may ask."""
    first, *lines = head.partition(_END)[0].decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        return 400, ""
    headers = [line.partition(":") for line in lines]
    hosts = [value.strip() for name, _, value in headers if name.lower() == "host"]
    if is_local and (len(hosts) != 1 or not _is_loopback(hosts[0])):
        return 403, ""
    if words[0] != "GET":
        return 405, ""
    return 200, words[1].partition("?")[0]


def _is_loopback(host: str) -> bool:
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    try:
        return name.lower() == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
