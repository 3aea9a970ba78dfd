#!/bin/sh
# Usage: tools/image.sh NAME
# Builds the container image with the first of docker, podman and buildah that can.
set -eu

name=$1
version=$(sed -n 's/^VERSION = "\(.*\)"$/\1/p' simulator/version.py)

# A docker command may be there without an engine behind it.
if command -v docker >/dev/null && docker info >/dev/null 2>&1; then
    exec docker build --tag "$name:$version" --tag "$name:latest" .
elif command -v podman >/dev/null; then
    exec podman build --format docker --tag "$name:$version" --tag "$name:latest" .
elif command -v buildah >/dev/null; then
    exec buildah build --format docker --tag "$name:$version" --tag "$name:latest" .
fi
echo "Building an image needs docker with a running engine, podman or buildah. On Debian:" >&2
echo "  sudo apt-get install -y buildah" >&2
exit 2
