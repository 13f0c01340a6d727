"""The first words of a link: both say Hello inside TLS, and leave it for the seal where both want to."""

import secrets
from typing import NamedTuple

from desktop.engine.peers.frames import Frames
from desktop.engine.peers.link_socket import LinkSocket
from desktop.engine.peers.sealed_frames import SealedFrames
from desktop.engine.peers.tls_frames import Guest, TlsFrames
from shared.errors import Violation
from shared.limits import SEAL_S_MAX
from shared.trust.seal import SEAL_OVERHEAD_BYTES, FrameCipher, Side, Suites, agreed, secrets_of
from shared.wire import peer_messages as m
from shared.wire.framing import READY, message_of, peer_control_frame

AGENT = "shoal/1"
_READY = bytes([READY])


class Greeted(NamedTuple):
    frames: Frames
    """By which the link goes on."""
    first: m.AnyMessage
    """What the other side said. It may be another message than Hello."""


def our_hello(guest: Guest, suites: Suites) -> m.Hello:
    seal = secrets.token_bytes(32) if suites else None
    features = m.FEATURE_CREDIT | m.FEATURE_LANES | m.FEATURE_BUNDLES
    features |= m.FEATURE_LANE if guest.is_lane else 0
    return m.Hello(m.PROTOCOL, m.PROTOCOL, AGENT, features, suites, seal)


def greet(guest: Guest, sock: LinkSocket, hello: m.Hello) -> Greeted:
    """For a thread of the link, the only one until this returns. Raises OSError and Violation."""
    tls, ours = TlsFrames(guest, sock), m.encode(hello)
    tls.send(peer_control_frame(ours))
    theirs = bytes(message_of(_receive(tls)))
    first = m.decode(theirs)
    aead = agreed(hello, first) if isinstance(first, m.Hello) else None
    if aead is None:
        return Greeted(tls, first)
    certificate = guest.tls.getpeercert(binary_form=True)
    assert isinstance(first, m.Hello)
    assert certificate
    this, other = Side(guest.certificate, ours, hello.seal), Side(certificate, theirs, first.seal)
    if guest.is_ours_dialled:
        sends, receives = secrets_of(this, other)
    else:
        receives, sends = secrets_of(other, this)
    sending, ready = FrameCipher(aead, sends), bytearray(len(_READY) + SEAL_OVERHEAD_BYTES)
    sending.seal_into(memoryview(_READY), memoryview(ready))
    with sock.within(SEAL_S_MAX):
        came = tls.end(bytes(ready))
        frames = SealedFrames(sock, sending, FrameCipher(aead, receives), came)
        if _receive(frames) != _READY:
            raise Violation("it is not ready")
    return Greeted(frames, first)


def _receive(frames: Frames) -> memoryview:
    frame = memoryview(bytearray(frames.receive_size()))
    frames.receive_into(frame)
    return frame
