import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.errors import BadName
from shared.limits import COMPONENT_BYTES_MAX, NAME_BYTES_MAX, PATH_BYTES_MAX, SAVED_COMPONENT_BYTES_MAX
from shared.names import (
    check_name,
    check_shared_name,
    clean_shared_name,
    fold,
    marked,
    numbered,
    same_name_key,
    saved_path,
    shown,
)

CORPUS = [json.loads(line) for line in Path("tests/corpus/nasty_names.txt").read_text().splitlines()]
LEGITIMATE = CORPUS[-25:]

RESERVED_STEMS = {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"} | {
    port + digit for port in ("com", "lpt") for digit in "0123456789\u00b9\u00b2\u00b3"
}

nasty_chars = st.sampled_from(
    [*"./\\ ~-:$_aA1", "\u200d", "\u200c", "\u0627", "\u061c", "\u0301", "\U0001f468"]
)
reserved_words = st.sampled_from(
    ["con", "NUL", "COM1", ".shoal", "desktop.ini", ".lnk", ".desktop", " ", "..", "a" * 196]
)
names = st.lists(st.characters() | st.characters(categories=["Cs"]) | nasty_chars | reserved_words).map(
    "".join
)


def refused(name: str) -> bool:
    try:
        check_shared_name(name)
    except BadName:
        return True
    return False


def assert_safe_on_disk(saved: str) -> None:
    parts = saved.split("/")
    for part in parts:
        assert part not in ("", ".", "..")
        assert not set('<>:"|?*\\') & set(unicodedata.normalize("NFKC", part)), part
        assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in part)
        assert part == part.strip(" ").rstrip(". ")
        assert part.split(".")[0].rstrip(" ").lower() not in RESERVED_STEMS
        assert part.lower() not in ("desktop.ini", "autorun.inf", "thumbs.db")
        assert not part.lower().startswith(".shoal")
        assert not part.lower().endswith(
            (".lnk", ".url", ".scf", ".website", ".library-ms", ".search-ms", ".desktop")
        )
        assert len(part.encode()) <= SAVED_COMPONENT_BYTES_MAX
    assert parts[0][0] not in ".-~"


def test_the_corpus_has_all_its_names() -> None:
    assert len(CORPUS) == 248


@pytest.mark.parametrize("name", CORPUS, ids=ascii)
def test_every_nasty_name_is_saved_safely_and_has_a_clean_form(name: str) -> None:
    assert_safe_on_disk(saved_path(name))
    check_shared_name(clean_shared_name(name))


@pytest.mark.parametrize("name", LEGITIMATE)
def test_a_legitimate_name_survives_unchanged(name: str) -> None:
    check_shared_name(name)
    assert saved_path(name) == name


@given(names)
@example("\u061c\u200d\u0627")
def test_cleaning_gives_a_valid_name_and_leaves_a_valid_one_alone(name: str) -> None:
    clean = clean_shared_name(name)
    check_shared_name(clean)
    assert clean_shared_name(clean) == clean
    assert refused(name) == (clean != name)


@given(names, st.booleans())
@example("CON" + " " * 250 + "x", False)
@example("a" * 196 + ".lnk." + "x" * 100, False)
@example("\uff23\uff2f\uff2e", False)
def test_whatever_came_in_is_saved_safely_and_saving_it_again_changes_nothing(
    name: str, inside: bool
) -> None:
    assert_safe_on_disk(saved_path(name))
    saved = saved_path(name, inside_folder=inside)
    assert saved_path(saved, inside_folder=inside) == saved
    check_shared_name(saved)


@given(names)
def test_what_is_shown_is_one_printable_line(text: str) -> None:
    assert len(shown(text).splitlines()) <= 1
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in shown(text))
    shown(text).encode()


def test_what_is_shown_spells_out_escapes_and_direction_overrides() -> None:
    assert shown("a\x1b[2J\u202egnp.exe\n") == r"a\x1b[2J\u202egnp.exe\n"
    assert shown("C:\\Users \U0001f468\u200d\U0001f469") == "C:\\Users \U0001f468\u200d\U0001f469"


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "a/..",
        "/a",
        "a/",
        "a//b",
        "a\\b",
        "a\0b",
        "a\nb",
        "a\x7f",
        "\x9b",
        "cafe\u0301",
        "\ud800",
        "\ue000",
        "a\u2028b",
        "a\u2029b",
        "a\u202eb",
        "a\u2066b",
        "\u200e",
        "\u061c",
        "a\U000e0041",
        "\ufeffa",
        "a\u200db",
        "\u0627\u200c",
        "\u200d\u0627",
        "a" * 256,
        "\u00e9" * 128,
        "/".join("a" * 33),
        "/".join(["a" * 204] * 5 + ["b"]),
    ],
    ids=ascii,
)
def test_the_wire_refuses(name: str) -> None:
    assert refused(name)


@pytest.mark.parametrize(
    "name",
    [
        "a",
        "Photos/2026/a.jpg",
        "a" * 255,
        "\u00e9" * 127,
        "/".join("a" * 32),
        "a:b",
        "CON",
        ".bashrc",
        " a",
        "a.",
        "/".join(["a" * 204] * 5),
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0915\u094d\u200d\u0937",
        "\u2764\ufe0f\u200d\U0001f525",
        "\U0001f469\U0001f3fd\u200d\U0001f4bb",
        "\U0001f642\u200d\u2194\ufe0f",
        "\u0378",
    ],
    ids=ascii,
)
def test_the_wire_takes(name: str) -> None:
    check_shared_name(name)
    assert len(name.encode()) <= PATH_BYTES_MAX


def test_an_endless_name_is_refused_without_being_quoted() -> None:
    with pytest.raises(BadName) as told:
        check_shared_name("\u0344" * 1_000_000)
    assert len(str(told.value)) < 2000


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("caf\udce9.txt", "caf_.txt"),
        ("cafe\u0301", "caf\u00e9"),
        ("a\\b", "a_b"),
        ("../x", "_/x"),
        ("", "_"),
        ("x" * 300 + ".tar.gz", "x" * 252 + ".gz"),
        ("top/" + "deep/" * 40 + "x", "top/" + "deep/" * 30 + "x"),
    ],
)
def test_cleaning_keeps_what_it_can(name: str, clean: str) -> None:
    assert clean_shared_name(name) == clean


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("../../etc/passwd", "_/_/etc/passwd"),
        ('a<b>c:d"e|f?g*h', "a_b_c_d_e_f_g_h"),
        ("a\uff0fb", "a_b"),
        ("a\u2105b", "a_b"),
        ("NUL.tar.gz", "_NUL.tar.gz"),
        ("con .txt", "_con .txt"),
        ("COM\u00b2.txt", "_COM\u00b2.txt"),
        ("d/aux", "d/_aux"),
        ("trailing dots...", "trailing dots"),
        ("  . ", "_"),
        (".git/config", "_.git/config"),
        ("repo/.gitignore", "repo/.gitignore"),
        ("-rf", "_-rf"),
        ("~root", "_~root"),
        ("d/Desktop.INI", "d/_Desktop.INI"),
        ("d/.shoal-part", "d/_.shoal-part"),
        ("x.LNK", "x.LNK.download"),
        ("x" * 250 + ".jpeg", "x" * 195 + ".jpeg"),
        ("\u00e9" * 120, "\u00e9" * 100),
        ("x." + "e" * 250, "x." + "e" * 198),
    ],
    ids=ascii,
)
def test_saving_makes_it_safe(name: str, saved: str) -> None:
    assert saved_path(name) == saved


def test_inside_a_folder_dot_files_keep_their_names_but_devices_do_not() -> None:
    assert saved_path(".gitignore", inside_folder=True) == ".gitignore"
    assert saved_path("nul", inside_folder=True) == "_nul"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("README", "readme"),
        ("K.txt", "\u212a.txt"),
        ("stra\u00dfe", "STRASSE"),
        ("\ufb01le", "file"),
        ("\u03c2", "\u03c3"),
    ],
)
def test_names_that_some_system_takes_for_one_have_one_key(one: str, other: str) -> None:
    assert same_name_key(one) == same_name_key(other) == fold(other)


def test_a_number_goes_before_the_extension() -> None:
    assert numbered("a.txt", 1) == "a (1).txt"
    assert numbered("d.d/a.tar.gz", 12) == "d.d/a.tar (12).gz"
    assert numbered(".bashrc", 1) == ".bashrc (1)"
    assert numbered("README", 2) == "README (2)"
    assert numbered("Mr. Smith goes", 1) == "Mr. Smith goes (1)"
    assert marked("a.txt", "beef") == "a (beef).txt"


@given(names, st.integers(1, 10**6))
def test_a_numbered_name_fits_and_is_another(name: str, number: int) -> None:
    saved = saved_path(name)
    again = numbered(saved, number)
    assert again != saved
    assert again == saved_path(again)
    assert len(again.rpartition("/")[2].encode()) <= SAVED_COMPONENT_BYTES_MAX <= COMPONENT_BYTES_MAX


@pytest.mark.parametrize(
    "name",
    ["alice", "Film crew 2026", "\u65e5\u672c\u8a9e", "it's", "a.b-c_d", "\u00e9" * 32, "\u2603", "|x>"],
)
def test_users_and_groups_may_be_called(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        " a",
        "a ",
        "a  b",
        "a\u00a0\u3000b",
        "a~b",
        "a/b",
        "a\\b",
        "a\nb",
        "a\0",
        "\u202ea",
        "a\u200db",
        "\ud800",
        "cafe\u0301",
        "\u00e9" * 33,
        "a" * 65,
        "a" * 64 + "\ud800",
        "\ue000",
        "\u0378",
        "\u2028",
    ],
    ids=ascii,
)
def test_users_and_groups_may_not_be_called(name: str) -> None:
    with pytest.raises(BadName):
        check_name(name)


@given(st.text())
def test_a_name_that_passes_is_short_and_shown_as_it_is(name: str) -> None:
    try:
        check_name(name)
    except BadName:
        return
    assert 1 <= len(name.encode()) <= NAME_BYTES_MAX
    assert shown(name) == name
