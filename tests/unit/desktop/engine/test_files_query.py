import sqlite3

import pytest

from desktop.engine.catalogue import TABLES
from desktop.engine.file_views import FilesAsked
from desktop.engine.files_query import files_question


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("column", ["name", "size", "at", "by", "folder"])
def test_the_files_of_a_group_come_out_of_an_index_in_the_order_that_is_asked_for(
    column: str, down: bool
) -> None:
    asked = FilesAsked(group="films", all_below=True, column=column, down=down)
    question = files_question(asked, {1: "films"}, None)
    db = sqlite3.connect(":memory:")
    db.executescript(TABLES)
    plan = [row[3] for row in db.execute("EXPLAIN QUERY PLAN " + question.sql, question.values)]
    db.close()
    (search,) = (at for at, step in enumerate(plan) if step.startswith("SEARCH file "))
    assert not [step for step in plan[search:] if "TEMP B-TREE" in step]  # people and folders are few
