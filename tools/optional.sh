#!/bin/sh
# Usage: tools/optional.sh
# Installs what a few tests need and Debian has, where that may be done without being asked: PHP for
# an example, HAProxy in front of replicas. These tests are skipped elsewhere.
set -eu

missing=""
command -v php >/dev/null || missing="$missing php-cli"
command -v haproxy >/dev/null || missing="$missing haproxy"
if [ -z "$missing" ]; then
    exit 0
fi
if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "Missing:$missing; the tests that need it are skipped." >&2
    exit 0
fi
install="apt-get install -y --no-install-recommends $missing"
# Tests start a proxy of their own: none is to run beside them.
DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
export DEBIAN_FRONTEND RUNLEVEL
$install >/dev/null || { apt-get update && $install; } ||
    echo "Could not be installed:$missing; the tests that need it are skipped." >&2
