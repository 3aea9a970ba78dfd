#!/bin/sh
# Usage: tools/install.sh VENV STAMP [EXTRA]
# Makes the virtual environment VENV where there is none, installs the project into it in editable
# form with the pinned versions, and touches STAMP when all of that went well.
set -eu

venv=$1
stamp=$2
extra=${3:-}

refuse() {
    printf '%s\n' "$@" >&2
    exit 2
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
}

# Debian and its descendants ship Python without the part that makes virtual environments.
ensure_venv_module() {
    if "$1" -c 'import ensurepip, venv' 2>/dev/null; then
        return
    fi
    package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if ! command -v apt-get >/dev/null; then
        refuse "$1 cannot make virtual environments: its modules venv and ensurepip are missing." \
            "Install them with your system's package manager, or name another with PYTHON=..."
    fi
    if [ "$(id -u)" -ne 0 ]; then
        refuse "$1 cannot make virtual environments. Type this line, then try again:" \
            "  sudo apt-get install -y $package"
    fi
    apt-get install -y "$package" || { apt-get update && apt-get install -y "$package"; } ||
        refuse "$package could not be installed. Type this line, then try again:" \
            "  apt-get update && apt-get install -y $package"
}

# A virtual environment whose interpreter is gone or was upgraded away is made anew.
if ! new_enough "$venv/bin/python"; then
    python=$(find_python)
    if [ -z "$python" ]; then
        refuse "Python 3.11 or newer is needed, and none was found." \
            "Install one, or name it: make PYTHON=/path/to/python3.12 ..."
    fi
    ensure_venv_module "$python"
    "$python" -m venv --clear "$venv"
fi

pip() {
    "$venv/bin/python" -m pip --disable-pip-version-check --quiet --quiet "$@"
}

# The build backend comes from the constraints too, hence no isolated build.
pip install --constraint constraints.txt hatchling
pip install --constraint constraints.txt --no-build-isolation --editable ".${extra:+[$extra]}"
touch "$stamp"
