"""TLS as an asyncio protocol over a MemoryBIO: small when idle, where asyncio's own holds 288 KiB each."""

import asyncio
import contextlib
import ssl
from collections.abc import Callable
from typing import cast

from shared.errors import ShoalError, Violation
from shared.limits import HANDSHAKE_S_MAX

READ_BYTES = 64 * 1024
HIGH_WATER_BYTES = 256 * 1024
"""More than this waiting to be sent, and `writable` is false until it has gone down to a quarter."""


class LinkLost(ShoalError):
    """The connection ended without a goodbye."""


class TlsChannel(asyncio.Protocol):
    """One connection. on_open is called once the handshake is done, on_bytes with what came, on_close once
    at the end: with None after a goodbye, else with why. A Violation raised in on_bytes closes it."""

    def __init__(
        self,
        context: ssl.SSLContext,
        *,
        server_side: bool,
        on_open: "Callable[[TlsChannel], None]",
        on_bytes: "Callable[[TlsChannel, bytes], None]",
        on_close: "Callable[[TlsChannel, Exception | None], None]",
        on_drained: "Callable[[TlsChannel], None] | None" = None,
    ) -> None:
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.ssl_object = context.wrap_bio(self._incoming, self._outgoing, server_side=server_side)
        self._on_open, self._on_bytes, self._on_close = on_open, on_bytes, on_close
        self._on_drained = on_drained
        self._transport: asyncio.Transport | None = None
        self._is_open = False
        self._is_closed = False
        self._reason: Exception | None = LinkLost()
        self._deadline: asyncio.TimerHandle | None = None
        self.writable = True
        self.peer_address: tuple[str, int] = ("", 0)
        self.local_address: tuple[str, int] = ("", 0)

    @property
    def selected_alpn(self) -> str | None:
        return self.ssl_object.selected_alpn_protocol()

    @property
    def is_closing(self) -> bool:
        return self._is_closed or self._transport is None or self._transport.is_closing()

    @property
    def buffered(self) -> int:
        """Bytes that wait to be sent."""
        return 0 if self._transport is None else self._transport.get_write_buffer_size()

    def write(self, data: bytes) -> None:
        """Never blocks; after the end it does nothing."""
        if not self.is_closing:
            self.ssl_object.write(data)
            self._send()

    def close(self, error: Exception | None = None) -> None:
        """Says goodbye and ends, for `error` if there is one."""
        if self.is_closing:
            return
        self._reason = error
        if self._is_open:
            with contextlib.suppress(ssl.SSLError):  # our goodbye is written; theirs is not waited for
                self.ssl_object.unwrap()
            self._send()
        assert self._transport is not None
        self._transport.close()

    def abort(self, error: Exception | None = None) -> None:
        """Ends at once, and what waits to be sent is lost."""
        if not self._is_closed and self._transport is not None:
            self._reason = error or LinkLost()
            self._transport.abort()

    def pause_reading(self) -> None:
        if not self.is_closing and self._transport is not None:
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        if not self.is_closing and self._transport is not None:
            self._transport.resume_reading()

    # asyncio's side

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(high=HIGH_WATER_BYTES, low=HIGH_WATER_BYTES // 4)
        self.peer_address = transport.get_extra_info("peername")[:2]
        self.local_address = transport.get_extra_info("sockname")[:2]
        loop = asyncio.get_running_loop()
        self._deadline = loop.call_later(HANDSHAKE_S_MAX, self._handshake_late)
        self._handshake()

    def data_received(self, data: bytes) -> None:
        self._incoming.write(data)
        if not self._is_open:
            self._handshake()
        if self._is_open:
            self._read()

    def eof_received(self) -> bool:
        return False

    def pause_writing(self) -> None:
        self.writable = False

    def resume_writing(self) -> None:
        self.writable = True
        if self._on_drained is not None:
            self._on_drained(self)

    def connection_lost(self, error: Exception | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._is_closed = True
        reason = self._reason
        if isinstance(reason, LinkLost) and error is not None:
            reason = LinkLost(str(error))
        self._on_close(self, reason)

    def _handshake(self) -> None:
        try:
            self.ssl_object.do_handshake()
        except ssl.SSLWantReadError:
            self._send()
            return
        except ssl.SSLError as error:
            self._send()  # the alert that says why
            self._end(Violation(f"handshake: {error.reason or error}"))
            return
        self._is_open = True
        assert self._deadline is not None
        self._deadline.cancel()
        self._send()
        self._on_open(self)

    def _read(self) -> None:
        try:
            while not self.is_closing:
                data = self.ssl_object.read(READ_BYTES)
                if not data:
                    self._reason = None  # their goodbye
                    self.close()
                    return
                self._on_bytes(self, data)
        except ssl.SSLWantReadError:
            self._send()
        except ssl.SSLError as error:
            self._send()
            self._end(Violation(f"TLS: {error.reason or error}"))
        except Violation as error:
            self.close(error)

    def _handshake_late(self) -> None:
        self.abort(Violation("the handshake took too long"))

    def _end(self, error: Exception) -> None:
        self._reason = error
        assert self._transport is not None
        self._transport.close()

    def _send(self) -> None:
        if self._outgoing.pending and self._transport is not None and not self._transport.is_closing():
            self._transport.write(self._outgoing.read())


async def dial(host: str, port: int, channel: Callable[[], TlsChannel], timeout_s: float) -> TlsChannel:
    """Connects; the channel's own callbacks tell how it goes on. Raises OSError and TimeoutError."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(timeout_s):
        _, protocol = await loop.create_connection(channel, host, port)
    return protocol
