from desktop.engine.downloads.givers import CELLS_MAX, HERE, Givers
from desktop.engine.files.piece_set import PieceSet
from shared.facts.ids import DeviceId
from shared.limits import PIECES_MAX

ANA, BO = DeviceId(b"a" * 16), DeviceId(b"b" * 16)


def test_a_small_file_is_told_piece_by_piece() -> None:
    givers = Givers(6)
    for piece, giver in ((1, ANA), (2, ANA), (4, BO)):
        givers.gave(giver, piece, 10)
    had = PieceSet(6, [0, 1, 2, 4])
    assert givers.cell_pieces == 1
    assert givers.runs(had) == [(1, HERE), (2, ANA), (1, None), (1, BO), (1, None)]
    assert givers.bytes == {ANA: 20, BO: 10}
    assert Givers(0).runs(PieceSet(0)) == []


def test_the_largest_file_is_told_in_few_cells_by_whoever_gave_most_of_each() -> None:
    givers, part = Givers(PIECES_MAX), PIECES_MAX // 32
    for piece in range(part):
        if piece % 50:
            givers.gave(ANA, piece, 1)
    runs = givers.runs(PieceSet(PIECES_MAX))
    assert runs == [(CELLS_MAX // 32, ANA), (CELLS_MAX * 31 // 32, None)]
    assert givers.cell_pieces * CELLS_MAX == PIECES_MAX
