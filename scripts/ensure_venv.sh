#!/bin/sh
# Debian parts `venv` from Python: install it where one may, then make the environment.
set -eu
python=$1 venv=$2
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    rm -rf "$venv"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null && apt-get install -y -qq python3-venv >/dev/null
    exec "$python" -m venv "$venv"
fi
echo "Python cannot make a virtual environment. Install the package python3-venv, then run make again." >&2
exit 1
