#!/bin/sh
# Usage: tools/browser.sh
# Makes sure that Chromium and its driver are there, for the tests that press buttons.
set -eu

refuse() {
    printf '%s\n' "$@" >&2
    exit 2
}

first_of() {
    for candidate in "$@"; do
        if command -v "$candidate" >/dev/null; then
            return
        fi
    done
    return 1
}

if first_of "${CHROMIUM:-chromium}" chromium-browser google-chrome &&
    first_of "${CHROMEDRIVER:-chromedriver}" chromium.chromedriver; then
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    refuse "The browser tests need Chromium and chromedriver, and one of them is missing." \
        "Install them with your system's package manager, or name them:" \
        "  make test CHROMIUM=/path/to/chromium CHROMEDRIVER=/path/to/chromedriver"
fi
if [ "$(id -u)" -ne 0 ]; then
    refuse "The browser tests need Chromium and chromedriver. Type this line, then try again:" \
        "  sudo apt-get install -y --no-install-recommends chromium chromium-driver"
fi
install="apt-get install -y --no-install-recommends chromium chromium-driver"
DEBIAN_FRONTEND=noninteractive
export DEBIAN_FRONTEND
$install || { apt-get update && $install; } ||
    refuse "Chromium could not be installed. Type this line, then try again:" \
        "  apt-get update && $install"
