import typing

import msgspec
import pytest

from desktop.console.happenings import line
from desktop.console.prompt import NOT_FOR_THE_PROMPT
from desktop.engine import events

TOLD = [kind for kind in typing.get_args(events.Event) if kind not in NOT_FOR_THE_PROMPT]


@pytest.mark.parametrize("kind", TOLD)
def test_every_event_is_a_sentence_that_names_what_it_is_about(kind: type[events.Event]) -> None:
    names = [field.name for field in msgspec.structs.fields(kind)]
    values = {name: name.upper() for name in names} | {"number": 7, "seconds": 7, "piece": 7, "rival": False}
    values |= {"kind": "group", "size": 7, "id": 7, "at": 7}
    told = {"event": kind.__struct_config__.tag} | {name: values[name] for name in names}
    said = line(msgspec.convert(told, kind))
    for name in {"group", "user", "address", "old", "new", "peer"} & set(names):
        assert (name == "group" and kind is events.DownloadChanged) or str(values[name]) in said


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (
            events.TrackerChanged(number=2, address="h:1", state="behind"),
            "connected to tracker 2 at h:1, which is still catching up: the newest changes may be missing",
        ),
        (
            events.TrackerChanged(number=2, address="h:1", state="drain"),
            "tracker 2 at h:1 is stopping; moving to another one",
        ),
        (
            events.TrackerChanged(number=None, address="h:1", state="lost"),
            "lost the tracker at h:1; looking for another",
        ),
        (
            events.RequestCame(group="my films", user="bo", at=1),
            "bo asks to join my films; to let them in, type: accept_request 'my films' bo",
        ),
        (
            events.NameChanged(kind="user", old="mira", new="mira~1f2e", rival=True),
            "somebody else became mira too, while trackers could not talk, and is now called mira~1f2e; "
            "you are still mira",
        ),
        (
            events.NameChanged(kind="group", old="films~1f2e", new="films"),
            "your group films~1f2e is called films again: no other has that name now",
        ),
        (
            events.DownloadChanged(id=3, group="film", name="a", state="F", path="/a", error="not_a_member"),
            "download 3, a, failed: not a member of film",
        ),
    ],
)
def test_what_the_person_reads(event: events.Event, said: str) -> None:
    assert line(event) == said
