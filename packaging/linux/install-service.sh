#!/bin/sh
# As root: installs the tracker beside this script as the system service `trackerd`, makes its identity, starts it
# and prints its pin, the line that everybody's tracker_info.txt needs.
#   ./install-service.sh [HOST:PORT]      the address that others reach this computer at
set -eu
cd "$(dirname "$(readlink -f "$0")")"
[ "$(id -u)" -eq 0 ] || { echo "install-service: run this as root" >&2; exit 1; }
address=${1:-$(hostname -f 2> /dev/null || hostname):21001}
root=${DESTDIR:-}

install -d "$root/opt" "$root/etc/shoal" "$root/etc/systemd/system"
rm -rf "$root/opt/shoal-trackerd"
cp -r . "$root/opt/shoal-trackerd"
install -m 644 trackerd.service "$root/etc/systemd/system/trackerd.service"
[ -e "$root/etc/shoal/trackerd.toml" ] || install -m 644 trackerd.toml "$root/etc/shoal/trackerd.toml"
[ -e "$root/etc/shoal/tracker_info.txt" ] || printf '%s\n' "$address" > "$root/etc/shoal/tracker_info.txt"
chmod 644 "$root/etc/shoal/tracker_info.txt"

# The service's own user makes the key at its first start, and cannot write /etc: so the pin is made here.
state=$root/var/lib/private/shoal-trackerd
install -d -m 700 "$root/var/lib/private" "$state"
"$root/opt/shoal-trackerd/trackerd" init --data "$state" "$root/etc/shoal/tracker_info.txt" 1
if [ -z "$root" ] && [ -d /run/systemd/system ]; then
    systemctl daemon-reload
    systemctl enable --now trackerd.service
fi
echo "the line for everybody's tracker_info.txt:"
sed -n '/^[^#]/p' "$root/etc/shoal/tracker_info.txt"
