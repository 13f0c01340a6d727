import base64
import hashlib
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import BadArgument
from shared.facts.ids import GroupId
from shared.invite_link import PREFIX, InviteLink, LinkTracker, invite_link, is_link, read
from shared.limits import INVITE_LINK_CHARS_MAX, LINK_TRACKERS_MAX

VECTORS = json.loads((Path(__file__).parents[2] / "vectors/invite_links.json").read_text())
KEY = bytes(range(32))
GID = GroupId(bytes(range(16)))
HERE = LinkTracker("192.0.2.1:21001", KEY)
LINK = InviteLink([HERE], GID, "Film Club", bytes(16), 1_800_000_000)
TEXT = invite_link([HERE], LINK)


def text_of(array: object, version: int = 1) -> str:
    raw = bytes([version]) + msgspec.msgpack.encode(array)
    raw += hashlib.sha256(raw).digest()[:4]
    return PREFIX + base64.urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["why"])
def test_the_published_links_are_written_and_read_so(vector: dict[str, object]) -> None:
    fields = msgspec.convert(vector["link"], InviteLinkInHex)
    trackers = [LinkTracker(address, bytes.fromhex(key)) for address, key in fields.trackers]
    secret = None if fields.secret is None else bytes.fromhex(fields.secret)
    link = InviteLink(trackers, GroupId(bytes.fromhex(fields.gid)), fields.group, secret, fields.until)
    assert read(str(vector["text"])) == link
    assert invite_link(trackers, link) == vector["text"]


class InviteLinkInHex(msgspec.Struct):
    trackers: list[tuple[str, str]]
    gid: str
    group: str
    secret: str | None
    until: int


@pytest.mark.parametrize("around", ["{}", "  {}\n", "{}/", "SHOAL://Join/{cut}", "{start}\r\n  {end}"])
def test_what_mail_and_systems_do_to_a_link_does_not_matter(around: str) -> None:
    start, end = TEXT[:60], TEXT[60:]
    assert read(around.format(TEXT, cut=TEXT.removeprefix(PREFIX), start=start, end=end)) == LINK


def test_a_link_names_as_many_trackers_as_it_has_room_for() -> None:
    many = [LinkTracker(f"host{number}.example:21001", KEY) for number in range(LINK_TRACKERS_MAX + 3)]
    assert read(invite_link(many, LINK)).trackers == many[:LINK_TRACKERS_MAX]
    long = [LinkTracker("a" * 249 + f"{number}:21001", KEY) for number in range(LINK_TRACKERS_MAX)]
    text = invite_link(long, LINK)
    assert 1 < len(read(text).trackers) < LINK_TRACKERS_MAX
    assert len(text) <= INVITE_LINK_CHARS_MAX
    with pytest.raises(BadArgument):
        invite_link([], LINK)


def test_a_link_is_read_as_lines_of_a_tracker_file_and_shows_its_secret_to_no_log() -> None:
    (line,) = LINK.info.lines
    assert line is not None
    assert (line.host, line.port, line.pin) == ("192.0.2.1", 21001, KEY)
    assert repr(LINK) == f"<InviteLink {GID.hex()}>"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org/",
        PREFIX,
        TEXT[:-1],
        TEXT[:40] + TEXT[41:],
        TEXT + "A" * INVITE_LINK_CHARS_MAX,
        TEXT + " " * 2 * INVITE_LINK_CHARS_MAX,
        TEXT + "=",
        TEXT + "?x=1",
        f"see {TEXT}",
        text_of(LINK, version=2),
        text_of([]),
        text_of({}),
        text_of([[], GID, "film"]),
        text_of([[HERE] * 9, GID, "film"]),
        text_of([[["192.0.2.1:21001", KEY], ["192.0.2.1:21001", bytes(32)]], GID, "film"]),
        text_of([[["192.0.2.1 21001", KEY]], GID, "film"]),
        text_of([[["192.0.2.1:1\n192.0.2.2:1", KEY]], GID, "film"]),
        text_of([[["192.0.2.1:021001", KEY]], GID, "film"]),
        text_of([[["-", KEY]], GID, "film"]),
        text_of([[["#ab", KEY]], GID, "film"]),
        text_of([[HERE], GID[:15], "film"]),
        text_of([[HERE], GID, "a/b"]),
        text_of([[HERE], GID, "film", bytes(15)]),
        text_of([[HERE], GID, "film", None, -1]),
    ],
    ids=ascii,
)
def test_what_is_no_whole_link_is_refused(text: str) -> None:
    with pytest.raises(BadArgument):
        read(text)


def test_a_newer_field_is_passed_over() -> None:
    assert read(text_of([[HERE], GID, "film", None, 0, "new"])).group == "film"


@given(st.text() | st.binary().map(lambda raw: PREFIX + base64.urlsafe_b64encode(raw).decode().rstrip("=")))
def test_nothing_that_is_typed_or_clicked_is_worse_than_refused(text: str) -> None:
    is_link(text)
    with pytest.raises(BadArgument):
        read(text)


@given(
    st.recursive(st.none() | st.integers(-1, 9) | st.text() | st.binary(max_size=40), st.lists, max_leaves=20)
)
def test_nothing_inside_a_whole_link_is_worse_than_refused(array: object) -> None:
    with pytest.raises(BadArgument):
        read(text_of(array))
