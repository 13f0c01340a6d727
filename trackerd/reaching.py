"""Whether a client's port can be reached from here: dials back once, to the address that the tracker sees."""

import asyncio

from shared.limits import REACH_S_MAX


async def why_not_reached(ip: str, port: int) -> str:
    """One word, or empty if somebody listens there. Nothing is sent."""
    try:
        async with asyncio.timeout(REACH_S_MAX):
            _, writer = await asyncio.open_connection(ip, port)
    except TimeoutError:
        return "timeout"
    except ConnectionRefusedError:
        return "refused"
    except OSError:
        return "unreachable"
    writer.close()
    return ""
