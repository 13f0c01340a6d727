"""One TLS connection as an asyncio protocol on memory BIOs: small when idle, where asyncio's is 288 KiB."""

import asyncio
import contextlib
import ssl
from collections.abc import Callable
from typing import Any, cast

from shared.errors import Violation
from shared.limits import CHANNEL_BUFFER_BYTES_MAX, CLOSE_S_MAX, HANDSHAKE_S_MAX

# A memory BIO keeps the room of the most that it ever held, so no more than a record at a time goes through.
_RECORD_BYTES = 16 * 1024
_RECEIVED_BYTES = 4 * _RECORD_BYTES

Told = Callable[["TlsChannel"], None]
ToldBytes = Callable[["TlsChannel", bytes], None]
ToldEnd = Callable[["TlsChannel", Exception | None], None]


class TlsChannel(asyncio.Protocol):
    """From handshake to end. `on_close` comes once for every connection, `on_open` at most once before it.

    `on_open` says that this side's handshake is done and that both agree on ALPN; a client learns only later,
    from `on_close`, that its certificate was refused. `on_bytes` has up to 16 KiB each time. `on_close` has
    None after a planned end by either side, else the reason: ConnectionError for a link that was lost without
    a goodbye, ssl.SSLError, TimeoutError for the handshake (all three are OSErrors), or the Violation that a
    callback raised. Any other error of a callback is a bug: it goes to the loop's exception handler, and ends
    the connection.
    """

    ssl_object: ssl.SSLObject
    peer_address: tuple[Any, ...]
    """(ip, port, ...) as the system says; of no meaning where the connection was gone before it was met."""
    on_drained: Told | None = None
    """Called when `writable` becomes true again."""

    def __init__(
        self,
        context: ssl.SSLContext,
        *,
        server_side: bool,
        on_open: Told,
        on_bytes: ToldBytes,
        on_close: ToldEnd,
        on_arrived: Told | None = None,
    ) -> None:
        """`on_arrived` comes before the handshake: the time to count the connection against its source."""
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.ssl_object = context.wrap_bio(self._incoming, self._outgoing, server_side=server_side)
        self.is_open = False
        """Between on_open and the beginning of the end."""
        self.writable = True
        """False while the other side is slow to read; write() works none the less, up to a hard bound."""
        self._on_arrived, self._on_open = on_arrived, on_open
        self._on_bytes, self._on_close = on_bytes, on_close
        self._ending = False
        self._error: Exception | None = None

    @property
    def selected_alpn(self) -> str | None:
        return self.ssl_object.selected_alpn_protocol()

    @property
    def local_address(self) -> tuple[Any, ...]:
        """(ip, port, ...) of this end, as the system says."""
        return self._transport.get_extra_info("sockname") or ("0.0.0.0", 0)  # noqa: S104

    @property
    def buffered(self) -> int:
        """Sealed bytes that wait until the other side reads."""
        return self._transport.get_write_buffer_size()

    def write(self, data: bytes) -> None:
        """Seals and sends; never waits. Does nothing once the end has begun."""
        if self._ending or self._transport.is_closing():
            return
        assert self.is_open, "written before the handshake was done"
        records, rest = [], memoryview(data)
        while rest:
            rest = rest[self.ssl_object.write(rest) :]  # one record
            records.append(self._outgoing.read())
        self._send(b"".join(records))

    def close(self, error: Exception | None = None) -> None:
        """Says goodbye after what was written, within CLOSE_S_MAX. `on_close` follows, with `error`."""
        self._end(error, goodbye=True)

    def abort(self, error: Exception | None = None) -> None:
        """Ends at once; what was written may be lost. `on_close` follows, with `error`."""
        self._end(error)
        self._transport.abort()

    def pause_reading(self) -> None:
        """What has been received already, up to 256 KiB, still comes."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        self._transport.resume_reading()

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        # asyncio's 256 KiB make the system map memory for each read anew, which costs more than the read.
        cast("Any", transport).max_size = _RECEIVED_BYTES
        self.peer_address = transport.get_extra_info("peername") or ("0.0.0.0", 0)  # noqa: S104
        self._loop = asyncio.get_running_loop()
        late = TimeoutError("the TLS handshake took too long")
        self._deadline = self._loop.call_later(HANDSHAKE_S_MAX, self.abort, late)
        if self._on_arrived is not None:
            self._on_arrived(self)
        self._advance()

    def data_received(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest and not self._ending:
            self._incoming.write(rest[:_RECORD_BYTES])
            rest = rest[_RECORD_BYTES:]
            self._advance()

    def eof_received(self) -> None:
        # A goodbye would have ended it: whatever comes is read at once.
        self._end(ConnectionResetError("the connection ended without a goodbye"))

    def pause_writing(self) -> None:
        self.writable = False

    def resume_writing(self) -> None:
        self.writable = True
        if self.on_drained is not None and not self._ending:
            self.on_drained(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(exc or ConnectionResetError("the connection was lost"))
        self._deadline.cancel()
        self._on_close(self, self._error)

    # Within

    def _advance(self) -> None:
        """As far as the bytes that came allow. Reading does the handshake too."""
        try:
            while not self._ending:
                data = self._read()
                if not (self.is_open or self._ending) and self.ssl_object.version() is not None:
                    self._opened()
                if data is None or self._ending:
                    return
                if not data:  # the other side said goodbye
                    self.close()
                    return
                self._on_bytes(self, data)
                if not self._incoming.pending:
                    return
        except Violation as error:
            self.close(error)

    def _opened(self) -> None:
        self._deadline.cancel()
        self.is_open = True
        if self.selected_alpn is None:
            raise Violation("no ALPN in common")
        self._on_open(self)

    def _read(self) -> bytes | None:
        """What a record holds, b"" for a goodbye; None until more comes, and for good after an error."""
        try:
            return self.ssl_object.read(_RECORD_BYTES)
        except ssl.SSLWantReadError:
            return None
        except ssl.SSLError as refusal:
            error = refusal
        finally:
            if self._outgoing.pending:  # the handshake, the answer to a key update, an alert
                self._send(self._outgoing.read())
        self._end(error)
        return None

    def _send(self, sealed: bytes) -> None:
        if sealed and not self._transport.is_closing():
            self._transport.write(sealed)
            if self.buffered > CHANNEL_BUFFER_BYTES_MAX:
                self.abort(ConnectionAbortedError("the other side does not read"))

    def _end(self, error: Exception | None, *, goodbye: bool = False) -> None:
        """The first reason stays."""
        if self._ending:
            return
        goodbye = goodbye and self.is_open
        self._ending, self.is_open, self._error = True, False, error
        if goodbye:
            with contextlib.suppress(ssl.SSLError):  # it would wait for the other side's goodbye
                self.ssl_object.unwrap()
            self._send(self._outgoing.read())
        self._deadline.cancel()
        self._deadline = self._loop.call_later(CLOSE_S_MAX, self._transport.abort)
        self._transport.close()


async def dial(
    address: tuple[str, int],
    context: ssl.SSLContext,
    *,
    on_bytes: ToldBytes,
    on_close: ToldEnd,
    timeout_s: float,
) -> TlsChannel:
    """A channel whose handshake is done here; who answered is for the caller to check.

    Raises OSError (TimeoutError, ConnectionError, ssl.SSLCertVerificationError where the key is not the one
    that must be) or Violation, and then calls nothing. Else `on_close` comes once, maybe before this returns.
    """
    loop = asyncio.get_running_loop()
    opened: asyncio.Future[Exception | None] = loop.create_future()

    def is_open(_channel: TlsChannel) -> None:
        if not opened.done():  # nobody waits for it any more, perhaps
            opened.set_result(None)

    def closed(channel: TlsChannel, error: Exception | None) -> None:
        if not opened.done():
            opened.set_result(error or ConnectionResetError("the other side hung up"))
        elif not opened.cancelled():
            on_close(channel, error)

    channel = TlsChannel(
        context,
        server_side=False,
        on_open=is_open,
        on_bytes=on_bytes,
        on_close=closed,
    )
    async with asyncio.timeout(timeout_s):
        await loop.create_connection(lambda: channel, *address)
        try:
            error = await opened
        except asyncio.CancelledError:
            channel.abort()
            raise
    if error is not None:
        raise error
    return channel
