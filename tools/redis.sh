#!/bin/sh
# Usage: tools/redis.sh
# Makes sure that a Redis or Valkey server is there, for the tests of worlds that are kept in one.
# REDIS_SERVER=<path> names another one than what is installed.
set -eu

if [ -n "${REDIS_SERVER:-}" ]; then
    command -v "$REDIS_SERVER" >/dev/null && exit 0
    echo "REDIS_SERVER=$REDIS_SERVER is no program: name redis-server or valkey-server by its path." >&2
    exit 2
fi
if command -v redis-server >/dev/null || command -v valkey-server >/dev/null; then
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "The tests of the Redis store need redis-server or valkey-server, and neither is there." >&2
    echo "Install one of them with your system's package manager." >&2
    exit 2
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "The tests of the Redis store need a server. Type this line, then try again:" >&2
    echo "  sudo apt-get install -y --no-install-recommends redis-server" >&2
    exit 2
fi
# It is for the tests, which start their own: none is to run beside them.
install="apt-get install -y --no-install-recommends redis-server"
DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
export DEBIAN_FRONTEND RUNLEVEL
$install || { apt-get update && $install; } || {
    echo "redis-server could not be installed. Type this line, then try again:" >&2
    echo "  apt-get update && $install" >&2
    exit 2
}
