"""Where else a file may lie that is not found."""

from pathlib import Path

from desktop.engine.files.moved import Moved


def test_a_file_that_is_back_where_it_was_is_no_move() -> None:
    Moved().found(Path("/a/b"), Path("/a/b"))
