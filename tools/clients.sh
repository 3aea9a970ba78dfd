#!/bin/sh
# Usage: tools/clients.sh [required]
# Installs the clients from npm that tests/clients runs as they come. Where there is no Node, or npm
# cannot install, it says so, and fails if they are required.
set -eu

least=20

without() {
    printf '%s\n' "$1" >&2
    if [ "${wanted:-}" = required ]; then
        exit 2
    fi
    echo "The tests of clients from npm are skipped." >&2
    exit 0
}

wanted=${1:-}
cd "$(dirname "$0")/../tests/clients"
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    without "The clients from npm need Node $least or later, and npm; one of them is missing."
fi
if [ "$(node -p 'parseInt(process.versions.node)')" -lt "$least" ]; then
    without "The clients from npm need Node $least or later; this is $(node --version)."
fi
stamp=node_modules/.installed
if [ -e "$stamp" ] && [ -z "$(find package.json -newer "$stamp")" ]; then
    exit 0
fi
echo "Installing the clients from npm ..."
npm install --silent || without "npm could not install what tests/clients/package.json names."
touch "$stamp"
