"""The unit by which systemd keeps the tracker of this computer up."""

import pytest

from desktop.engine.trackers.service_unit import to_stay, unit

COMMAND = ["/opt/shoal/trackerd", "/home/mira/tracker_info.txt", "1", "--listen-on-all"]


def line(text: str, key: str) -> str:
    (found,) = [line for line in text.splitlines() if line.startswith(f"{key}=")]
    return found.partition("=")[2]


def test_it_runs_the_command_says_when_it_is_ready_and_comes_back() -> None:
    text = unit(COMMAND)
    assert line(text, "ExecStart") == " ".join(f'"{word}"' for word in COMMAND)
    assert (line(text, "Type"), line(text, "Restart")) == ("notify", "on-failure")
    assert line(text, "WantedBy") == "default.target"


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("a b", "a b"),
        ("été", "été"),
        ('"', '\\"'),
        ("\\", "\\\\"),
        ("50%", "50%%"),
        ("$HOME", "$$HOME"),
        ("two\nlines", "two\\x0alines"),
        ("\udcff", "\\xff"),
        ("a\u2028b", "a\\xe2\\x80\\xa8b"),
    ],
)
def test_a_path_of_any_name_is_one_word_of_the_command(word: str, written: str) -> None:
    assert line(unit(["/bin/x", word]), "ExecStart") == f'"/bin/x" "{written}"'


def test_what_an_administrator_has_to_type_names_the_user() -> None:
    assert to_stay("mira") == "sudo loginctl enable-linger mira"
