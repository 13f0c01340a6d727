#!/bin/sh
# As root: installs the tracker beside this script as the system service `trackerd`, makes its identity, starts it
# and prints its line, key and all, for everybody's tracker_info.txt. Run again, it upgrades and keeps what is there.
#   ./install-service.sh [HOST:PORT]      the address that others reach this computer at
# With DESTDIR everything is placed below that folder, and nothing is started.
set -eu
umask 022
cd "$(dirname "$(readlink -f "$0")")"
[ "$(id -u)" -eq 0 ] || { echo "install-service: run this as root" >&2; exit 1; }
address=${1:-$(hostname -f 2> /dev/null || hostname):21001}
root=${DESTDIR:-}
program=$root/opt/shoal-trackerd config=$root/etc/shoal units=$root/etc/systemd/system
state=$root/var/lib/private/shoal-trackerd
live=
[ "$root" ] || ! [ -d /run/systemd/system ] || live=yes

[ -z "$live" ] || systemctl stop trackerd.service 2> /dev/null || true
mkdir -p "$root/opt" "$config" "$units"
rm -rf "$program"
cp -r . "$program"
chmod -R u=rwX,go=rX "$program"  # however it was unpacked: the service runs as another user
install -m 644 trackerd.service trackerd-backup.service trackerd-backup.timer "$units/"
[ -e "$config/trackerd.toml" ] || install -m 644 trackerd.toml "$config/"
[ -e "$config/tracker_info.txt" ] || printf '%s\n' "$address" > "$config/tracker_info.txt"

# The service's own user cannot write /etc, so the key is made here, and with it the pin in the file. At each start
# systemd gives the folder, and all in it, to the user that it makes for the service.
install -d -m 700 "$root/var/lib/private" "$state"
chown -R root:root "$state"
echo "this tracker's line for everybody's tracker_info.txt:"
"$program/trackerd" init --config "$config/trackerd.toml" --data "$state"
[ -z "$live" ] || { systemctl daemon-reload && systemctl enable --now trackerd.service trackerd-backup.timer; }
