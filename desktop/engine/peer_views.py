"""Links and sources of downloads, as a person sees them. Made when somebody looks."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from desktop.engine.downloads.download import Download
from desktop.engine.downloads.tally import FileMap, Source
from desktop.engine.peers.peer_link import PeerLink
from desktop.engine.views import DownloadDetails, LinkView, NoteView, PieceMapView, SourceView
from shared.addresses import shown_address
from shared.facts.ids import DeviceId, EntryId, GroupId

ShownUser = Callable[[DeviceId], str]


class Links(Protocol):
    """Of this device (peer_pool.Peers)."""

    @property
    def every_link(self) -> list[PeerLink]: ...
    def links_to(self, device: DeviceId, /) -> list[PeerLink]: ...


def link_view(link: PeerLink, shown_user: ShownUser) -> LinkView:
    return LinkView(
        user=shown_user(link.device),
        device=link.device.hex(),
        address=shown_address(*link.address),
        dialled=link.is_ours_dialled,
        sealed=link.is_sealed,
        rtt=link.measured_rtt_s,
        down=link.down.bytes_per_s(),
        up=link.up.bytes_per_s(),
        held_down=link.is_held_down,
        held_up=link.is_held_up,
        received=link.down.total,
        sent=link.up.total,
        wasted=link.wasted_bytes,
        asked=len(link.asked),
        asks=len(link.session.served),
        queued=link.queued_upload_bytes,
    )


def details(
    line: Download,
    links: Links,
    shown_user: ShownUser,
    is_member: Callable[[DeviceId], bool],
    label: Callable[[DeviceId], str],
    maps_max: int | None = None,
) -> DownloadDetails:
    takes = open_here(links.every_link, line.record.gid, line.files.eids)
    sources = {source.device: source for source in line.tally.sources(line.files)}
    takers = [Source(device, "idle", 0, 0) for device in takes if device not in sources]
    root, sha1 = line.hashes()
    maps = line.tally.maps(line.files)
    return DownloadDetails(
        peers=[
            _source_view(
                one,
                links.links_to(one.device),
                shown_user,
                is_member=is_member(one.device),
                takes=takes[one.device],
                label=label(one.device),
            )
            for one in [*sources.values(), *takers]
        ],
        pieces=[_map_view(one, shown_user) for one in maps[:maps_max]],
        maps=len(maps),
        refetched=line.tally.refetched_bytes,
        wasted=line.tally.wasted_bytes,
        root=root.hex(),
        sha1=sha1.hex(),
        log=[
            NoteView(
                at=one.at,
                what=one.what,
                user=shown_user(one.device) if one.device else "",
                detail=one.detail,
            )
            for one in line.tally.diary.notes
        ],
    )


def open_here(links: Iterable[PeerLink], gid: GroupId, eids: frozenset[EntryId]) -> Counter[DeviceId]:
    """How many of these entries each linked device has open here."""
    return Counter(
        link.device
        for link in links
        for served in link.session.served.values()
        if served.is_open and served.gid == gid and not eids.isdisjoint(served.eids)
    )


def _map_view(one: FileMap, shown_user: ShownUser) -> PieceMapView:
    cell = one.givers.cell_pieces
    return PieceMapView(
        name=one.file.name,
        cell=cell,
        runs=[
            (cells, None if giver is None else shown_user(giver)) for cells, giver in one.givers.runs(one.had)
        ],
        asked=sorted({piece // cell: shown_user(device) for piece, device in one.asked}.items()),
    )


def _source_view(
    source: Source,
    links: Sequence[PeerLink],
    shown_user: ShownUser,
    *,
    is_member: bool,
    takes: int,
    label: str,
) -> SourceView:
    is_held = source.in_flight and any(link.is_held_down for link in links)
    return SourceView(
        user=shown_user(source.device),
        device=source.device.hex(),
        state="held" if is_held else source.state,
        given=source.given,
        in_flight=source.in_flight,
        down=sum(link.down.bytes_per_s() for link in links),
        up=sum(link.up.bytes_per_s() for link in links),
        taken=sum(link.up.total for link in links),
        takes=takes,
        address=shown_address(*links[0].address) if links else "",
        label=label,
        proven=bool(links) and is_member,
    )
