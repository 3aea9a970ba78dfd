#!/bin/sh
# Usage: tools/npm.sh FOLDER [required]
# Installs what FOLDER/package.json names. Where there is no Node, or npm cannot install it, it says
# so, and fails if it is required.
set -eu

least=20
folder=$1
wanted=${2:-}

without() {
    printf '%s\n' "$1" >&2
    if [ "$wanted" = required ]; then
        exit 2
    fi
    echo "The tests in $folder that need it are skipped." >&2
    exit 0
}

cd "$(dirname "$0")/../$folder"
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    without "What comes from npm needs Node $least or later, and npm; one of them is missing."
fi
if [ "$(node -p 'parseInt(process.versions.node)')" -lt "$least" ]; then
    without "What comes from npm needs Node $least or later; this is $(node --version)."
fi
stamp=node_modules/.installed
if [ -e "$stamp" ] && [ -z "$(find package.json -newer "$stamp")" ]; then
    exit 0
fi
echo "Installing what $folder/package.json names ..."
npm install --silent || without "npm could not install what $folder/package.json names."
touch "$stamp"
