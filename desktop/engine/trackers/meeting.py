"""Who is who: a tracker has the key it must have, and we are the account by certificate, key or password."""

import logging
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress

import shared.wire.tracker_messages as m
from desktop.engine import events
from desktop.engine.account import Account, Accounts
from desktop.engine.trackers.alarms import Alarms
from desktop.engine.trackers.known_networks import Candidate
from desktop.engine.trackers.tracker_link import TrackerLink
from shared.clock import Clock
from shared.errors import DeviceRevoked, DeviceTaken, PinMismatch, Refused, ShoalError, WrongLogin
from shared.facts.ids import Dot
from shared.limits import CERTIFICATE_RENEW_DAYS_LEFT, REQUEST_S_MAX
from shared.tracker_info import format_pin
from shared.trust.certificates import expires_at_s
from shared.trust.identity import PrivateKey, Purpose, proof, raw_public

log = logging.getLogger(__name__)
Make = Callable[[TrackerLink], m.Message]
Ask = Callable[[Make, float, bool], Awaitable[tuple[m.Answer, TrackerLink]]]
"""The answer of some tracker to what is made for it, within so many seconds, and from whom it is. True: also
without an account."""


class Meeting:
    account: Account | None
    """Whose sessions are opened. Without one trackers are told nothing of who this is."""

    def __init__(
        self,
        accounts: Accounts,
        alarms: Alarms,
        ask: Ask,
        on_proven: Callable[[TrackerLink], None],
        clock: Clock,
        emit: Callable[[events.Event], None],
    ) -> None:
        """`on_proven` is called when a link is the account's, which it was not by its certificate."""
        self.account = None
        self._accounts, self._alarms, self._ask, self._on_proven = accounts, alarms, ask, on_proven
        self._clock, self._emit = clock, emit

    async def dial(self, candidate: Candidate, seen: Dot | None) -> TrackerLink:
        """The first time that a tracker is met it has whatever key it has. Raises OSError and ShoalError."""
        address, pin = (candidate.host, candidate.port), candidate.pin
        if pin is None:
            pin, _ = await TrackerLink.meet(address, self._clock)
        try:
            link = await self._dial(address, pin, seen)
        except ssl.SSLCertVerificationError:
            await self._tell_why(candidate, pin)
            raise
        if candidate.pin is None:
            self._emit(events.PinMet(address=candidate.address, pin=format_pin(pin)))
        return link

    async def login(self, name: str, password: str, label: str) -> Account:
        """Proves the password, and enrols this device or has its certificate renewed.

        Raises WrongLogin, AlreadyLoggedIn, Busy, NoTracker. A password is not repeated at another tracker.
        """
        known = self._accounts.called(name)
        refusal: Refused = DeviceTaken()
        for key in [*(account.key for account in known), PrivateKey.generate()]:

            def enrol(link: TrackerLink, key: PrivateKey = key) -> m.Login:
                signed = proof(key, Purpose.ENROL, link.welcome.t_key, link.welcome.challenge, name.encode())
                return m.Login(name, password, raw_public(key), signed, label)

            try:
                answer, link = await self._ask(enrol, REQUEST_S_MAX, True)
            except (DeviceTaken, DeviceRevoked) as error:  # a namesake's; or it takes a new one
                refusal = error
                continue
            assert isinstance(answer, m.LoggedIn)
            if "~" in answer.name and answer.name not in (name, *(account.name for account in known)):
                self._emit(events.NameChanged(kind="user", old=name, new=answer.name))
            return self._proven(link, answer, key)
        raise refusal

    async def greet(self, address: str, link: TrackerLink) -> None:
        """Before it is used. Raises what ends it."""
        self._alarms.met(address, link.welcome)
        await self.prove(link, is_behind=link.welcome.behind)
        if link.uid is not None and (self.account is None or self.account.uid != link.uid):
            raise ConnectionAbortedError("its user logged out meanwhile")

    async def prove(self, link: TrackerLink, *, is_behind: bool) -> None:
        """By the key, where the certificate did not. Where that is refused, a person has to type the
        password, but for a tracker that `is_behind`: it may hear of the device yet, and is asked again."""
        if self.account and link.uid is None:
            await self._renew(self.account, link, is_behind=is_behind)

    async def look_after(self, link: TrackerLink) -> None:
        """Renews a certificate that ends soon."""
        if self.account and self.account.days_left(self._clock.wall_s()) < CERTIFICATE_RENEW_DAYS_LEFT:
            with suppress(OSError, ShoalError):  # there are days to try again
                await self._renew(self.account, link)

    def renamed(self, name: str) -> None:
        if self.account:
            self.account = self._accounts.renamed(self.account, name)

    def is_ended_by(self, revoked: m.Revoked) -> bool:
        """Whether it is this device that is not known any more, or the user."""
        account = self.account
        return (
            revoked.gid is None
            and account is not None
            and (revoked.dev == account.dev if revoked.dev else revoked.uid == account.uid)
        )

    async def _dial(self, address: tuple[str, int], t_key: bytes, seen: Dot | None) -> TrackerLink:
        if leaf := self.account and self.account.leaf(self._clock.wall_s()):
            try:
                return await TrackerLink.dial(address, t_key, leaf, self._clock, seen)
            except (ConnectionRefusedError, ssl.SSLCertVerificationError):
                raise
            except (ConnectionError, ssl.SSLError, DeviceRevoked) as error:
                log.info("certificate refused, perhaps: %s", error)
        return await TrackerLink.dial(address, t_key, None, self._clock, seen)

    async def _tell_why(self, candidate: Candidate, pin: bytes) -> None:
        """Another key; or only a clock by which the right one is not valid."""
        try:
            t_key, welcome = await TrackerLink.meet((candidate.host, candidate.port), self._clock)
        except PinMismatch:
            t_key, welcome = b"", None
        if t_key == pin and welcome:
            self._alarms.mind_clock(welcome)
        else:
            self._alarms.other_key(candidate.address)

    async def _renew(self, account: Account, link: TrackerLink, *, is_behind: bool = False) -> None:
        signed = proof(account.key, Purpose.RENEW, link.welcome.t_key, link.welcome.challenge, account.uid)
        try:
            answer = await link.ask(m.Renew(account.dev, signed), m.LoggedIn)
        except Refused as refusal:
            if not (is_behind and isinstance(refusal, WrongLogin)):
                self._alarms.unproven(refusal.code)
            return
        if self.account is account:
            self._proven(link, answer, account.key)

    def _proven(self, link: TrackerLink, answer: m.LoggedIn, key: PrivateKey) -> Account:
        """The link is this account's now. Raises Violation for what is no certificate."""
        expires_at_s(answer.certificate)
        link.uid = answer.uid
        self.account = self._accounts.keep(answer.uid, answer.name, key, answer.certificate)
        self._alarms.is_unproven = False
        self._on_proven(link)
        return self.account
