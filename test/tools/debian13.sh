#!/usr/bin/env bash
# Run a command in a Debian 13 system (QGIS 3.40, Python 3.13, numpy 2) that is made once and kept.
# Usage: debian13.sh COMMAND…   (as root; the checkout is copied in, ../shared is mounted)
set -euo pipefail

here=$(cd "$(dirname "$0")/../.." && pwd)
root=${CLMS_EXPLORER_CACHE:-$HOME/.cache/clms-explorer}/debian13
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
packages="qgis python3-qgis xvfb xauth python3-pyqtgraph python3-pyproj python3-shapely python3-requests
  python3-numpy python3-pytest python3-jwt python3-cryptography python3-gdal gdal-bin sqlite3 curl
  make git fonts-noto-core qttools5-dev-tools pyqt5-dev-tools unzip
  python3-venv python3-pip"

[ "$(id -u)" = 0 ] || { echo "debian13.sh needs root (chroot and mount): run it with sudo"; exit 1; }
command -v debootstrap >/dev/null || apt-get install -y debootstrap >/dev/null

# One run at a time: the checkout inside is replaced at the start of each.
mkdir -p "$(dirname "$root")"
exec 9>"$root.lock"
flock 9

# A system that was not finished is made anew.
if [ ! -e "$root/.ready" ]; then
  rm -rf --one-file-system "$root"
  mkdir -p "$root"
  debootstrap --variant=minbase trixie "$root" "$mirror" >"$root.log" 2>&1
  for file in /etc/resolv.conf /etc/hosts; do cp -L "$file" "$root$file"; done
  # shellcheck disable=SC2086
  chroot "$root" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends $packages >>"$root.log" 2>&1
  touch "$root/.ready"
fi

# Without /proc QGIS finds neither its providers nor its authentication methods, and says nothing.
undo() { umount -l "$root/shared" "$root/dev/pts" "$root/dev" "$root/proc" 2>/dev/null || true; }
trap undo EXIT
mkdir -p "$root/shared" "$root/work"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount --bind /dev/pts "$root/dev/pts"
if [ -d "$here/../shared" ]; then mount --bind "$here/../shared" "$root/shared"; fi

rm -rf "$root/work/main"
mkdir -p "$root/work/main"
(cd "$here" && git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf -) |
  tar -C "$root/work/main" -xf -
ln -sfn /shared "$root/work/shared"
status=0
chroot "$root" /bin/bash -c 'cd /work/main && exec "$@"' bash env HOME=/root LC_ALL=C.UTF-8 "$@" || status=$?
mkdir -p "$here/build"
if [ -d "$root/work/main/build" ]; then
  rm -rf "$here/build/debian13"; cp -r "$root/work/main/build" "$here/build/debian13"
fi
exit $status
