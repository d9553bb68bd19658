#!/bin/sh
# Install Chromium for the browser tests where it is missing and one may; else those tests say why they are skipped.
set -u
if command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || [ -n "${CORRIDORS_CHROMIUM:-}" ]; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests."
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-core; } >/dev/null 2>&1 && exit 0
fi
echo "Chromium is missing and cannot be installed here: the browser tests will be skipped." >&2
echo "Install it (for example: sudo apt-get install chromium) or set CORRIDORS_CHROMIUM to its path." >&2
exit 0
