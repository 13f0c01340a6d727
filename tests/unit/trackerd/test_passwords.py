import asyncio

import pytest

from shared.errors import Busy, WeakPassword
from shared.limits import PASSWORD_QUEUE_MAX
from trackerd.passwords import Argon2, Passwords, check_new_password

CHEAP = Argon2(memory_kib=64, passes=1)


def test_a_password_is_verified_and_another_is_not() -> None:
    async def scenario() -> None:
        passwords = Passwords(CHEAP)
        stored = await passwords.hash("long enough")
        assert stored.startswith("$argon2id$v=19$m=64,t=1,p=1$")
        assert await passwords.verify(stored, "long enough")
        assert not await passwords.verify(stored, "long enougH")
        assert stored != await passwords.hash("long enough"), "salted"
        passwords.close()

    asyncio.run(scenario())


def test_nobodys_password_is_never_right() -> None:
    async def scenario() -> None:
        passwords = Passwords(CHEAP)
        for stored in ("", "garbage", "$argon2id$v=19$m=64,t=1,p=1$AAAA$AAAA"):
            assert not await passwords.verify(stored, "nobody's")
        passwords.close()

    asyncio.run(scenario())


def test_the_composed_and_the_decomposed_spelling_are_one_password() -> None:
    async def scenario() -> None:
        passwords = Passwords(CHEAP)
        assert await passwords.verify(await passwords.hash("gar\u00e7on gris"), "garc\u0327on gris")
        assert not await passwords.verify(await passwords.hash("long\0enough"), "long")
        passwords.close()

    asyncio.run(scenario())


def test_a_hash_of_another_cost_is_outdated() -> None:
    async def scenario() -> None:
        cheap, dear = Passwords(CHEAP), Passwords(Argon2(memory_kib=128, passes=1))
        stored = await cheap.hash("long enough")
        assert dear.is_outdated(stored)
        assert not cheap.is_outdated(stored)
        assert await dear.verify(stored, "long enough")
        cheap.close()
        dear.close()

    asyncio.run(scenario())


def test_strangers_with_failures_get_half_of_the_queue_and_all_are_bounded() -> None:
    async def scenario() -> None:
        passwords = Passwords(CHEAP)

        async def busy(count: int, *, is_suspect: bool) -> int:
            hashes = (passwords.hash("long enough", is_suspect=is_suspect) for _ in range(count))
            done = await asyncio.gather(*hashes, return_exceptions=True)
            return sum(isinstance(outcome, Busy) for outcome in done)

        refused = await asyncio.gather(busy(60, is_suspect=True), busy(60, is_suspect=False))
        assert set(refused) == {60 - PASSWORD_QUEUE_MAX // 2}
        assert await busy(1, is_suspect=True) == 0, "the queue empties"
        passwords.close()

    asyncio.run(scenario())


@pytest.mark.parametrize("password", ["", "short12", "x" * 257, "\U0001f600" * 257])
def test_too_short_and_too_long_is_weak(password: str) -> None:
    with pytest.raises(WeakPassword):
        check_new_password(password)


@pytest.mark.parametrize("password", ["12345678", "x" * 256, "\U0001f600" * 256, "e\u0301" * 256])
def test_eight_to_256_characters_will_do(password: str) -> None:
    check_new_password(password)
