"""Links and sources of downloads, as a person sees them. Made when somebody looks."""

from collections.abc import Callable, Sequence

from desktop.engine.downloads.details import Source
from desktop.engine.downloads.download import Download
from desktop.engine.peers.peer_link import PeerLink
from desktop.engine.views import DownloadDetails, LinkView, PieceMapView, SourceView
from shared.addresses import shown_address
from shared.facts.ids import DeviceId

ShownUser = Callable[[DeviceId], str]


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
        asked=link.asked_channels,
        asks=len(link.session.served),
        queued=link.queued_upload_bytes,
    )


def details(
    line: Download, links_to: Callable[[DeviceId], Sequence[PeerLink]], shown_user: ShownUser
) -> DownloadDetails:
    peers = [_source_view(source, links_to(source.device), shown_user) for source in line.who_brings()]
    pieces = [
        PieceMapView(
            name=fetch.file.name,
            cell=fetch.givers.cell_pieces,
            runs=[
                (cells, None if giver is None else shown_user(giver))
                for cells, giver in fetch.givers.runs(fetch.picker.had)
            ],
        )
        for fetch in line.fetches
    ]
    return DownloadDetails(
        peers=peers, pieces=pieces, refetched=line.refetched_bytes, wasted=line.wasted_bytes
    )


def _source_view(source: Source, links: Sequence[PeerLink], shown_user: ShownUser) -> SourceView:
    is_held = source.in_flight and any(link.is_held_down for link in links)
    return SourceView(
        user=shown_user(source.device),
        device=source.device.hex(),
        state="held" if is_held else source.state,
        given=source.given,
        in_flight=source.in_flight,
        down=sum(link.down.bytes_per_s() for link in links),
    )
