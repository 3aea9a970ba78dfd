"""Reads the YAML files that travel with the code, and keeps beside them what it read.

To read the descriptions of all carriers takes a fifth of a start, and they change no more often
than the code does. So it goes as with modules: what was read lies in ``__pycache__``, is used as
long as the file is what it was, and is not written where ``PYTHONDONTWRITEBYTECODE`` says so or the
folder cannot be written to.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import msgspec
import yaml

from simulator import resources

_FORM = b"1"
"""What is written before the digest; another form of what is kept has another one."""
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parsed(path: Path) -> Any:
    """What the YAML file says, made of dicts, lists and scalars. It belongs to the caller."""
    return _parsed(path, keep=not sys.dont_write_bytecode)


def _parsed(path: Path, *, keep: bool) -> Any:
    content = path.read_bytes()
    sign = _FORM + blake2b(content, digest_size=32).digest()
    kept = _place(path)
    with suppress(OSError, msgspec.DecodeError):
        packed = kept.read_bytes()
        if packed.startswith(sign):
            return msgspec.msgpack.decode(memoryview(packed)[len(sign) :])
    found = yaml.load(content, _Loader)
    if keep:
        _keep(path, kept, sign + msgspec.msgpack.encode(found))
    return found


def _place(path: Path) -> Path:
    return Path(cache_from_source(str(path))).with_suffix(".msgpack")


def _keep(path: Path, place: Path, packed: bytes) -> None:
    """Write all of it or nothing, for whoever may read the file: another process may be reading."""
    with suppress(OSError):
        place.parent.mkdir(exist_ok=True, parents=True)
        with NamedTemporaryFile(dir=place.parent, delete=False) as written:
            written.write(packed)
        beside = Path(written.name)
        try:
            beside.chmod(path.stat().st_mode & 0o666)
            beside.replace(place)
        except OSError:
            beside.unlink()


def main() -> None:
    """Keep what all of the descriptions say, as `compileall` does with modules: for an installation
    that nobody writes to later."""
    for path in resources.description_paths():
        _parsed(path, keep=True)


if __name__ == "__main__":
    main()
