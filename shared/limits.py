"""Every limit, a named number with its unit last. Sources: docs/protocol.md; the reasons stand there."""

KIB = 1 << 10
MIB = 1 << 20
HOUR_S = 3600
DAY_S = 24 * HOUR_S

# Content
PIECE_BYTES = 512 * KIB
PIECES_MAX = 1 << 21
FILE_BYTES_MAX = 1 << 40
BLOCK_PIECES = 4096
"""Pieces whose hashes one manifest block holds."""

# Frames: the longest body in bytes, without the length field
FRAME_BEFORE_LOGIN_BYTES_MAX = 4 * KIB
BEFORE_LOGIN_BYTES_MAX = 16 * KIB
FRAME_CLIENT_BYTES_MAX = 512 * KIB
FRAME_TRACKER_BYTES_MAX = 1 * MIB
FRAME_PEER_CONTROL_BYTES_MAX = 320 * KIB
FRAME_PIECE_HEADER_BYTES = 13
FRAME_PIECE_BYTES_MAX = PIECE_BYTES + FRAME_PIECE_HEADER_BYTES

# Names
NAME_BYTES_MAX = 64
"""User and group names, UTF-8."""
PATH_BYTES_MAX = 1024
PATH_COMPONENTS_MAX = 32
COMPONENT_BYTES_MAX = 255
SAVED_COMPONENT_BYTES_MAX = 200
PASSWORD_CHARS_MIN = 8
PASSWORD_CHARS_MAX = 256
PASSWORD_BYTES_MAX = 1024
LABEL_CHARS_MAX = 64
AGENT_CHARS_MAX = 64

# Batches on the wire
SHARE_BATCH_MAX = 1000
ROWS_PAGE_MAX = 1000
ROWS_PAGE_BYTES_MAX = 900 * KIB
ROWS_PAGE_LOOKED_MAX = 20_000
"""Rows read for one page; where the asker has most of them, a page comes short."""
PEERS_ENTRIES_MAX = 200
PEERS_PER_ENTRY_MAX = 50
GROUPS_PAGE_MAX = 1000
ADDRESSES_MAX = 8
SCOPES_MAX = 256
VECTOR_LOGS_MAX = 10_000
OPEN_BATCH_MAX = 256
BUNDLE_FILES_MAX = 256
REQUEST_BATCH_MAX = 64
HAVE_BATCH_MAX = 1024
OPENED_BLOCK0_PIECES_MAX = 256

# Quotas (the tracker's; a `[limits]` table may raise them)
GROUPS_PER_USER_MAX = 100
REQUESTS_PER_USER_MAX = 20
MEMBERS_PER_GROUP_MAX = 10_000
ENTRIES_PER_GROUP_MAX = 1_000_000
SHARES_PER_USER_MAX = 2_000_000
INVITES_PER_GROUP_MAX = 100
"""That still let somebody in."""
INVITES_KEPT_MAX = 1000
"""Of a group, with those that were taken back, and wait to be collected."""
DEVICES_PER_USER_MAX = 100
"""Enrolled and not revoked."""
NAME_CLAIMANTS_MAX = 4
NAME_CLAIMS_MAX = 64
"""Looked at where a name is contested, with those of who is gone."""

# Peers
REQUESTS_OUTSTANDING_MAX = 256
REQUESTED_BYTES_OUTSTANDING_MAX = 32 * MIB
PEERS_PER_DOWNLOAD_MAX = 50
AHEAD_PEERS_MAX = 4
"""Of a group whose files a person looks at, that are linked before any is asked for: who shares the most."""
AHEAD_SHARES_MAX = 256
"""That are looked through for them."""
AHEAD_AGAIN_S = 300.0
PEER_LINKS_MAX = 200
PIECE_STALLED_S = 1.0
CHANNEL_STALLED_S = 20.0
PEER_PING_S = 30.0
PEER_SILENT_S_MAX = 90.0
NOT_YET_QUERY_S = 30.0
ACTIVITY_ROWS_MAX = 2000
ACTIVITY_SHOWN_MAX = 200
MIRROR_TRUST_S = 24 * 3600.0

# Time
HANDSHAKE_S_MAX = 10.0
CLIENT_PING_S = 5.0
CLIENT_SILENT_S_MAX = 12.0
TRACKER_SILENT_S_MAX = 25.0
NO_TRACKER_WAIT_S = 5.0
CERTIFICATE_DAYS = 7
CERTIFICATE_RENEW_DAYS_LEFT = 4
DEVICE_UNUSED_DAYS_MAX = 180

# Half-open connections
TRACKER_HALF_OPEN_MAX = 16_384
TRACKER_HALF_OPEN_PER_SOURCE_MAX = 256
TRACKER_ANONYMOUS_MAX = 1024
TRACKER_HANDSHAKES_AT_ONCE = 512
TRACKER_HANDSHAKE_TURN_S = 2.0
"""That one which gets nowhere keeps others from their turn."""
PEER_HALF_OPEN_MAX = 64
PEER_HALF_OPEN_PER_SOURCE_MAX = 8

# Downloads
JOURNAL_PIECES_MAX = 8
JOURNAL_S_MAX = 0.5
UNJOURNALED_PIECES_MAX = 14
"""With those that the two checking threads hold, 16 verified pieces are what a crash may cost."""
CACHED_PIECES_MAX = 512
"""Of a part file in the system's memory: those that came last, which others ask for first."""
FREE_SPACE_RESERVE_BYTES = 64 * MIB
RATE_MEASURED_S = 3.0
"""Over which a link's rate is measured."""
WINDOW_START_PIECES = 2
WINDOW_START_S = 1.0
WINDOW_LAN_PIECES = 8
WINDOW_BYTES_MIN = 128 * KIB
WINDOW_AHEAD_S = 0.25
STALLED_BYTES_PER_S = 16 * KIB
"""A peer that brings less is not on its way with a piece, it is late."""
ENDGAME_GAIN_S = 0.2
DUPLICATES_MIN = 16
DUPLICATES_ONE_IN = 20
"""One piece in so many, or DUPLICATES_MIN if that is more, is asked of a second peer that brings it sooner:
in the endgame, and the first one that a preview waits for."""
NEAR_S = 0.03
"""A round trip, to who is worth being waited for with nothing in flight."""
CREDIT_PIECES_MIN = 8
"""Of a file with fewer, a seeder is not asked which pieces it would rather give."""
BLOCK_ASKED_S = 5.0
CHANNEL_CHECKED_S = 0.5
DOWNLOADS_AT_WORK_MAX = 64
"""The others wait for their turn: each holds two folders and some files open, of 1,024 that a program may."""
TURN_S = 10.0
"""So long one may stand still, as nobody has it or the disk refuses, while others wait."""
ACTIVE_FILES_MAX = 256
"""Files of one piece that one download has open at a time."""
BUNDLED_PER_PLACE = 8
"""Small files in a bundle that share one of these places."""
LARGE_FILE_PLACES = 4
"""Of these that a larger one takes."""
BLOCKS_IN_WORK_MAX = 16
"""Manifest blocks of one file in memory, each for 2 GiB of it."""
SOURCES_ASKED_FIRST_S = 0.25
"""After the question at the start; each time twice as long, up to the next two."""
SOURCES_ASKED_S = 10.0
SOURCES_MISSING_ASKED_S = 5.0
SOURCELESS_S_MAX = 10.0
"""A file that nobody brings makes room for another of its download."""
CHANNEL_RETRY_S = 30.0
CHANNEL_NOT_YET_RETRY_S = 2.0
CHANNEL_BUSY_RETRY_S = 0.5
DISK_RETRY_S = 5.0
PROGRESS_S = 0.1
DIARY_NOTES_MAX = 200
"""What is remembered of what happened to a download."""
PEEK_S_MAX = 3.0
"""Until a peer says how much it has of a file."""
SEEN_ASKED_MAX = 20
"""Who is told of when it is said for whom a download waits."""
MAPS_KEPT_MAX = 16
"""Of a download's files that are not in work any more: who gave which piece."""
OWN_PIECES_COPIED = 8
"""Pieces copied from a file of this computer in one go."""
ACTIVE_FILES_ALL_MAX = 256
"""Of all downloads together; each may have a few, whatever others have."""
ACTIVE_FILES_MIN = 16
TRACKER_ASKED_AT_START_S = 1.0
SYNCS_AT_ONCE = 8
SYNCED_WHOLE_FILES_MIN = 64
"""From so many small files on, all of the file system is synced in place of each;"""
SYNCED_WHOLE_DIRTY_BYTES_MAX = 256 * MIB
"""but not where others have written more than this."""
NUMBERED_NAMES_MAX = 10_000

# Sharing
FILES_HASHED_AT_ONCE = 2
SHARE_ROWS_S_MAX = 1.0
"""Files that are hashed appear in the group after this, while the others are still hashed."""
OPEN_SOURCES_MAX = 64
OFFERS_KNOWN_MAX = 4096
"""Files of this computer that others asked for lately: what is sent of them first is in memory."""

# Names and the tracker file
EXTENSION_BYTES_MAX = 32
"""A longer one is not kept when a name is cut."""
TRACKERS_MAX = 255
TRACKER_INFO_CHARS_MAX = 64 * KIB

# Invites
INVITE_LINK_CHARS_MAX = 2_800
"""So that a QR code holds it."""
LINK_TRACKERS_MAX = 8
INVITE_USES_MAX = 1000
INVITE_HOURS_MAX = 365 * 24
INVITE_HOURS = 7 * 24
"""Where nobody says otherwise."""

# Pictures in which an invite's QR code is looked for
PICTURE_BYTES_MAX = 32 * MIB
PICTURE_PIXELS_MAX = 1 << 26
"""As it says before it is decoded; a phone's largest photos have 50 million."""
PICTURE_SCANS_MAX = 100
"""Passes of a JPEG, which has ten: each may be a hundred bytes, and take as long as all of a large one."""
PICTURE_LOOKED_MS_MAX = 5_000
"""What is made of nothing but corners of codes would take minutes."""

# Programs of one profile
HANDOVER_BYTES_MAX = 4 * KIB
HANDOVER_CALLERS_MAX = 8
HANDOVER_S_MAX = 2.0

# The session's bus, and what the system is asked to show by it
BUS_BYTES_MAX = 256 * KIB
"""Of one message: it comes from whatever else this person runs."""
BUS_CALLS_MAX = 64
"""That wait for their answers; the oldest is then given up."""
NOTIFICATIONS_MAX = 64
"""On show at once, as far as we know; the oldest is then forgotten."""

# The tracker's store
COMMANDS_WAITING_MAX = 10_000
COMMIT_COMMANDS_MAX = 512
STORE_CHECKED_S = 24 * 3600.0
COMMIT_S_MAX = 0.05
"""A commit takes no further command in after this."""
ROWS_KNOWN_MAX = 20_000
"""That those who write and read keep in memory; then they forget all."""
CHECKPOINT_PAGES = 1000
"""Of 4 KiB in SQLite's log, before they go into the file."""
CHECKPOINT_ROUND_PAGES = 50_000
"""The same during a round, which writes many of them again and again."""
TAKEN_ROWS_MAX = 16_000
"""Of other trackers in one commit: more at a time are faster, and hold up whoever writes meanwhile."""

# Trust
CERTIFICATE_BYTES_MAX = 1024
CHANNEL_BUFFER_BYTES_MAX = 8 * MIB
"""What may wait to be sent to one that does not read, before the connection is cut."""
CLOSE_S_MAX = 5.0
"""For the last bytes to leave, when a connection is closed."""

# The tracker
REQUESTS_PER_S_MAX = 200.0
REQUESTS_BURST_MAX = 400.0
REQUESTS_OVER_S_MAX = 10.0
"""Who asks for more is told `busy`, and cut when it goes on for so long."""
REQUESTS_IN_FLIGHT_MAX = 32
"""More on one connection, and nothing is read from it until some are answered."""
ANNOUNCES_PER_S_MAX = 1.0
ANNOUNCES_BURST_MAX = 5.0
PARTIALS_PER_SESSION_MAX = 20_000
ADDRESSES_TOLD_MAX = 4
"""Of one device."""
PEER_PORT_MIN = 1024
ADDRESSES_PARSED_MAX = 32_768
"""Kept as they were taken apart, as lookups find them again and again."""
SHARERS_KNOWN_MAX = 100_000
"""Of files that were asked for, kept in memory until a row may have changed them."""
PUSH_COALESCED_S = 0.1
PUSH_BUFFERED_BYTES_MAX = 256 * KIB
PASSWORD_THREADS = 2
PASSWORD_QUEUE_MAX = 64
PENALISED_MAX = 65_536
PENALTY_ENFORCED_S = 15.0
PENALTY_S_MAX = 600.0
ACCOUNT_DELAY_S_MAX = 60.0
ACCOUNT_HELD_S_MAX = 5.0
"""A delay up to this is waited out before the answer; a longer one is `busy`."""
ACCOUNT_FORGIVEN_S = 3600.0
REGISTRATIONS_PER_S_MAX = 0.1
REGISTRATIONS_BURST_MAX = 60.0
TRACKER_FILE_WATCHED_S = 1.0
DRAIN_S = 0.5
"""From the news that a tracker stops to the end of its connections."""

WEB_CONNECTIONS_MAX = 16
WEB_HEAD_BYTES_MAX = 8 * KIB
WEB_REQUEST_S_MAX = 5.0

# Links between trackers
COPY_WAIT_S_MAX = 0.25
"""For a second tracker to have a write on its disk, before the answer says that one has it."""
MESH_DIAL_S_MAX = 1.5
"""For TCP alone. Systems ask a second time after 1 s, and from then on too seldom for what heals."""
MESH_HELLO_S_MAX = 5.0
MESH_BACKOFF_S_MIN = 0.2
MESH_BACKOFF_S_MAX = 1.0
MESH_PING_S = 1.0
MESH_SILENT_S_MAX = 5.0
"""Then the link is dialled anew: after a cut, TCP itself tries again only after as long once more."""
ROUND_EVERY_S = 5.0
"""How often a tracker that still lacks what another had one turn earlier asks for it."""
ROUND_ALONE_S = 1.0
"""That another round waits for one of which nothing comes."""
MESH_BUFFERED_BYTES_MAX = 4 * MIB
"""Unread by another tracker: then it is sent no more, and asks for a round when it reads again."""
MESH_APPLYING_MAX = 64
"""Batches of one tracker that wait for the store before no more is read from it."""
TAKE_OVER_S_MAX = 30.0
"""For a starting tracker to get what the others have, before it serves without."""
PRESENCE_TOLD_S = 0.2
PRESENCE_UNCONFIRMED_S = 60.0
"""Sessions of a tracker that cannot be asked any more are still handed out."""
PRESENCE_WAITING_MAX = 64
"""Messages for one that does not read; then it is told everything anew when it does."""
PRESENCE_BATCH_MAX = 10_000
PRESENCE_SESSIONS_MAX = 100_000
USERS_AWAY_KNOWN_MAX = 100_000
REACH_S_MAX = 3.0
REACH_EVERY_S = 10.0
REACHES_AT_ONCE_MAX = 64
"""Of another tracker; what it tells beyond is passed over."""
CHECKSUMS_BATCH_MAX = 10_000
CHECKSUM_EVERY_S = 3600.0
CLOCK_WARNED_S = 2.0
COLLECT_FIRST_S = 3600.0
COLLECT_EVERY_S = 24 * 3600.0
COLLECTED_AT_ONCE_MAX = 20_000
"""Rows that are to be deleted for good, and wait for two rounds with every tracker."""
TOMBSTONES_KEPT_S = 30 * 24 * 3600.0

# Links between peers
PIECE_BUFFERS_PER_LINK_MAX = 6
PIECE_BUFFERS_SHARED = 64
"""Of 512 KiB, for all links together; beside them each link may hold one."""
PIECE_BUFFERS_AT_ONCE = 3
"""A link that waits for one goes on when it can have so many."""
OUTCOMES_TOLD_TOGETHER = 4
"""What became of pieces, while there are more to check."""
CHECKING_THREADS = 2
BUNDLED_FILE_BYTES_MAX = 64 * KIB
"""A file up to this may be one of a bundle, which has at most the bytes of a piece."""
CHECKED_AT_ONCE_BYTES_MAX = 64 * KIB
"""A file up to this is judged by the thread that received it."""
CHECKING_NICENESS = 5
CHANNELS_PER_LINK_MAX = 4096
"""That one side may have open at the other."""
BUNDLED_FILES_PER_LINK_MAX = 8192
"""In all bundles that one side has open at the other."""
CONTROL_QUEUED_MAX = 8192
CONTROL_QUEUED_BYTES_MAX = 1 * MIB
"""Who lets more messages than this wait to be read is cut."""
INBOX_MAX = 256
"""Messages of one link that wait for the loop before no more is read from it."""
STRIKES_MAX = 64
FORGOTTEN_PIECES_MAX = 1024
"""Pieces that may still come although they are not awaited any more."""
DATA_FRAME_S = 0.05
DATA_FRAME_BYTES_MIN = 4 * KIB
DATA_FRAME_BYTES_START = 64 * KIB
TCP_NOTSENT_BYTES = 128 * KIB
PEER_SEND_S_MAX = 30.0
"""For something to be taken by a peer that reads at all."""
LINK_CLOSE_S = 2.0
SEAL_S_MAX = 5.0
SEAL_EPOCH_FRAMES = 1 << 20
SEAL_FRAMES_MAX = 1 << 40
WHO_ASKED_MAX = 4096
CAP_KIB_PER_S_MAX = 1 << 30
"""The greatest cap of a rate that can be set: a TiB a second."""
CAP_BURST_S = 0.08
"""What a cap lets pass at once after a lull, in seconds of it."""
CAP_PORTION_S = 0.02
"""What passes at a time under a cap, the same way."""
CAP_PORTION_BYTES_MIN = 1 * KIB
CAP_PERSONS_MAX = 1024
"""Of whom a cap remembers what they had."""
DIALS_PER_S = 10.0
DIAL_S_MAX = 3.0
"""For TCP alone, so that the next address of a device has its turn."""
DIAL_BACKOFF_S_MIN = 1.0
DIAL_BACKOFF_S_MAX = 30.0
DIAL_ADDRESSES_MAX = 4
"""Of one device."""
ADDRESSES_REMEMBERED_MAX = 4096
HANDSHAKE_BYTES_MAX = 16 * KIB
ACCEPT_PAUSE_S = 0.2
"""After the system had no descriptor left for a connection."""
BAD_PIECES_MAX = 2
"""Of one peer, before it is banned."""
BAN_S = 600.0
LANES_MAX = 8
"""Connections of one pair of devices."""
LANE_RTT_S_MIN = 0.04
LANE_PIECES_MIN = 8
"""A file that is smaller has come before others would be there."""
LANE_IDLE_S = 20.0
LANE_RETRY_S = 10.0
TWO_LINKS_S = 10.0
"""Two links that are no further apart were dialled by both sides at once."""

# The desktop at its tracker
REQUESTS_UNANSWERED_MAX = 1024
REQUEST_S_MAX = 15.0
SEEN_S_MAX = 2.0
"""For the next tracker, after a write was answered and the tracker lost before the mirror had it."""
TRACKER_DIAL_S_MAX = 10.0
"""With the handshake: of a tracker at which thousands arrive, too. Others are dialled beside it."""
TRACKER_HEAD_START_S = 0.25
"""Before the next tracker is dialled beside one that has not answered yet."""
TRACKER_BACKOFF_S_MIN = 0.2
TRACKER_BACKOFF_S_MAX = 5.0
TRACKER_CHECKED_S = 60.0
"""How often, while connected, the certificate is looked at and the mirror is noted as fresh."""
BEHIND_ASKED_S = 1.0
"""How often a tracker is asked whether it still lacks what this client has seen."""
LINKS_RETRIED_S = 30.0
"""How often links are tried of which the tracker in use has not heard, or for which it has no time."""
CLOCK_OFF_S_MAX = 60.0
DRAINED_S_MAX = 1.0
"""For answers that are on their way from a tracker that stops."""
ANNOUNCED_S = 1.0
APPLYING_MAX = 64
"""Batches of rows that wait for the mirror before no more is read."""
SCOPES_SYNCED_AT_ONCE = 4
FILES_TOLD_S = 0.2
MIRROR_CLOCK_BACK_S_MAX = 60.0
"""The system sets clocks right by small steps, and that is no reason to distrust the mirror."""
MIRROR_SYNCED_WRITTEN_S = 60.0
MAY_TALK_CACHED_MAX = 10_000
OWN_TRACKER_READY_S_MAX = 20.0
OWN_TRACKER_PORT_TRIES = 3
OWN_TRACKER_PORT_FIRST = 21_001
OWN_TRACKER_PORTS = 10_000
"""Below those that systems take for connections, so that it can be had again at each start."""
OWN_TRACKER_STOP_S_MAX = 3.0
OWN_TRACKER_BACKOFF_S_MIN = 0.5
OWN_TRACKER_BACKOFF_S_MAX = 30.0
