#!/bin/sh
# Usage: tools/languages.sh
# Installs what the examples in other languages need and Debian has, where that may be done without
# being asked; their tests are skipped elsewhere.
set -eu

if command -v php >/dev/null; then
    exit 0
fi
if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "PHP is missing; the tests of the example in PHP are skipped." >&2
    exit 0
fi
install="apt-get install -y --no-install-recommends php-cli"
DEBIAN_FRONTEND=noninteractive
export DEBIAN_FRONTEND
$install >/dev/null || { apt-get update && $install; } ||
    echo "PHP could not be installed; the tests of the example in PHP are skipped." >&2
