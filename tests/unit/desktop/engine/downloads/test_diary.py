from desktop.engine.downloads.diary import Diary
from shared.facts.ids import DeviceId
from shared.limits import DIARY_NOTES_MAX

ANA, BO = DeviceId(b"a" * 16), DeviceId(b"b" * 16)


def test_that_somebody_gives_is_noted_once_until_they_go() -> None:
    diary = Diary(lambda: 7.9)
    diary.note("begun")
    for _ in range(3):
        diary.gave(ANA)
    diary.lost(BO, "")  # gave nothing
    diary.lost(ANA, "not_yet")  # one file of it
    diary.lost(ANA, "")
    diary.gave(ANA)
    diary.rests("paused")
    diary.gave(ANA)
    assert [(at, what, device) for at, what, device, _ in diary.notes] == [
        (7, "begun", None),
        (7, "gives", ANA),
        (7, "left", ANA),
        (7, "gives", ANA),
        (7, "paused", None),
        (7, "gives", ANA),
    ]


def test_only_the_last_notes_are_kept() -> None:
    diary = Diary(lambda: 0.0)
    for number in range(DIARY_NOTES_MAX + 5):
        diary.note("waits", detail=str(number))
    assert [note.detail for note in diary.notes] == [str(5 + at) for at in range(DIARY_NOTES_MAX)]
