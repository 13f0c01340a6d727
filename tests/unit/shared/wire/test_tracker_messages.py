import pytest

import shared.wire.tracker_messages as m

SECRET = "Marker-Password"


@pytest.mark.parametrize(
    "request_",
    [
        m.CreateUser(bytes(32), "mira", SECRET),
        m.Login("mira", SECRET, bytes(32), bytes(64), "a laptop"),
        m.ChangePassword(SECRET, "another"),
        m.ChangePassword("another", SECRET),
        m.DeleteUser(SECRET),
    ],
    ids=lambda request: type(request).__name__,
)
def test_a_password_stands_in_no_text_that_is_made_of_a_request(request_: m.Message) -> None:
    assert SECRET.encode() in m.encode(request_)
    for text in (repr(request_), str(request_), f"{[request_]}"):
        assert SECRET not in text
        assert type(request_).__name__ in text
