#!/usr/bin/env bash
# Install what is missing for "make demo", "make run", "make test" and "make check" on Debian.
# Usage: install.sh (run|test|check)…
set -euo pipefail

here=$(cd "$(dirname "$0")/../.." && pwd)
run="qgis python3-qgis python3-gdal python3-numpy python3-requests python3-pyproj python3-shapely
  python3-pyqtgraph"
test="$run xvfb xauth python3-pytest python3-jwt python3-cryptography python3-venv python3-pip curl
  gdal-bin sqlite3 fonts-noto-core"
qt6=""
check="$test git unzip qttools5-dev-tools pyqt5-dev-tools"

wanted=""
for part in "$@"; do wanted="$wanted ${!part}"; done
if ! command -v dpkg-query >/dev/null; then
  echo "This is not Debian. Install QGIS 3.22 or later and these packages by hand:$wanted"
  exit 1
fi
missing=""
for package in $(echo "$wanted" | tr ' ' '\n' | sort -u); do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" ||
    missing="$missing $package"
done
if [ -n "$missing" ]; then
  sudo=""
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "As root: apt-get install$missing"; exit 1; }
    sudo=sudo
  fi
  echo "Installing:$missing"
  $sudo apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

case " $* " in *" check "*)
  venv="$here/build/venv"
  if [ ! -e "$venv/.ready" ]; then
    rm -rf "$venv"
    /usr/bin/python3 -m venv --system-site-packages "$venv"
    "$venv/bin/pip" -q --disable-pip-version-check install -r "$here/test/tools/requirements.txt"
    touch "$venv/.ready"
  fi
esac
case " $* " in *" qt6 "*|*" check "*)
  venv="$here/build/venv-qt6"
  if [ ! -e "$venv/.ready" ]; then
    rm -rf "$venv"
    /usr/bin/python3 -m venv "$venv"
    "$venv/bin/pip" -q --disable-pip-version-check install -r "$here/test/tools/requirements-qt6.txt"
    touch "$venv/.ready"
  fi
esac
