import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import BadArgument, NotFound
from shared.limits import TRACKER_INFO_CHARS_MAX, TRACKERS_MAX
from shared.tracker_info import TrackerLine, format_pin, parse, parse_pin, with_pin, without

KEY = bytes(range(32))
OTHER = bytes(32)
PIN = format_pin(KEY)

FILE = (
    "\ufeff# our trackers\r\n"
    "\r\n"
    f"192.0.2.1:7001  {PIN}   # the first\r\n"
    "\ttracker.example.org 7002  \r\n"
    "- # gone in May\r\n"
    f"[2001:db8::1]:7003 {format_pin(OTHER)}\r\n"
    f"[::1] 65535\t{PIN}"
)


def test_every_dialect_is_read() -> None:
    assert parse(FILE).lines == (
        TrackerLine("192.0.2.1", 7001, KEY),
        TrackerLine("tracker.example.org", 7002, None),
        None,
        TrackerLine("2001:db8::1", 7003, OTHER),
        TrackerLine("::1", 65535, KEY),
    )


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("localhost", "port"),
        ("localhost:", "port"),
        ("localhost:0", "port"),
        ("localhost:65536", "port"),
        ("localhost:+80", "port"),
        ("localhost:\u0661", "port"),
        ("localhost:1 2 3", "too many"),
        (":80", "neither"),
        ("::1:80", "brackets"),
        ("[::1:80", "brackets"),
        ("[localhost]:80", "neither"),
        ("[127.0.0.1]:80", "neither"),
        ("300.1.1.1:80", "neither"),
        ("-host:80", "neither"),
        ("h\u00f6st:80", "neither"),
        ("a" * 300 + ":80", "neither"),
        ("- localhost:80", "port"),
        ("localhost:80 hello", "not a pin"),
        (f"localhost:80 {PIN[:-4]}", "not a pin"),
        (f"localhost:80 {PIN} {PIN}", "too many"),
        ("\x1b[2J:80", "brackets"),
    ],
    ids=ascii,
)
def test_a_wrong_line_is_named_with_what_is_wrong(line: str, what: str) -> None:
    with pytest.raises(BadArgument, match=what) as told:
        parse(f"# two lines\nlocalhost:7001\n{line}\nlocalhost:7002\n")
    assert str(told.value).startswith("line 3: ")
    assert told.value.detail["line"] == 3
    assert "\x1b" not in str(told.value)


def test_there_are_one_to_255_trackers() -> None:
    for empty in ("", "\ufeff", "# none\n\n"):
        with pytest.raises(BadArgument, match="no tracker"):
            parse(empty)
    assert len(parse("h:1\n" * TRACKERS_MAX).lines) == TRACKERS_MAX
    with pytest.raises(BadArgument, match="line 256: "):
        parse("h:1\n" * (TRACKERS_MAX + 1))


def test_an_endless_file_is_refused() -> None:
    with pytest.raises(BadArgument):
        parse("#" * (TRACKER_INFO_CHARS_MAX + 1))


def test_a_pin_is_set_and_nothing_else_touched() -> None:
    assert with_pin(FILE, 1, OTHER) == FILE.replace(PIN, format_pin(OTHER), 1)
    assert with_pin(FILE, 2, KEY) == FILE.replace("org 7002", f"org 7002 {PIN}")
    assert with_pin("a:1#x", 1, KEY) == f"a:1 {PIN}#x"
    for number in (0, 3, 6, -1):
        with pytest.raises(BadArgument):
            with_pin(FILE, number, KEY)


def test_a_removed_line_stays_so_that_the_others_keep_their_numbers() -> None:
    removed = FILE.replace(f"192.0.2.1:7001  {PIN}", "-")
    assert parse(removed).lines == (None, *parse(FILE).lines[1:])


def test_a_tracker_is_taken_out_and_nothing_else_touched() -> None:
    removed = FILE.replace(f"192.0.2.1:7001  {PIN}", "-")
    assert without(FILE, 1) == removed
    assert without("a:1#x", 1) == "-#x"
    for text, number in ((removed, 1), (FILE, 0), (FILE, 6), (FILE, -1)):
        with pytest.raises(NotFound):
            without(text, number)


@given(st.binary(min_size=32, max_size=32))
def test_a_pin_has_one_spelling(key: bytes) -> None:
    assert parse_pin(format_pin(key)) == key
    for other in (
        format_pin(key).upper(),
        format_pin(key)[:-1],
        " " + format_pin(key),
        format_pin(key + b"x"),
    ):
        with pytest.raises(BadArgument):
            parse_pin(other)


def test_a_pin_with_stray_bits_is_refused() -> None:
    with pytest.raises(BadArgument):
        parse_pin(PIN[:-2] + chr(ord(PIN[-2]) + 1) + "=")


fragments = st.lists(
    st.sampled_from(["h:1", "h 2", "-", PIN, "[::1]:3", " ", "\n", "\r\n", "#", "\ufeff", ":", "\u2028", "x"])
)


@given(st.text() | fragments.map("".join), st.integers(1, 3))
def test_any_text_is_read_or_refused_and_an_edit_shows_only_in_its_line(text: str, number: int) -> None:
    try:
        before = parse(text).lines
        pinned = parse(with_pin(text, number, OTHER)).lines
        taken_out = parse(without(text, number)).lines
    except BadArgument:
        return
    line = before[number - 1]
    assert line is not None
    assert pinned == (*before[: number - 1], TrackerLine(line.host, line.port, OTHER), *before[number:])
    assert taken_out == (*before[: number - 1], None, *before[number:])
