"""Keys of feed entries: account and version in one, so that an account's entries lie together."""

from __future__ import annotations

_BITS_OF_A_VERSION = 40


def feed_key(account_id: int, version: int) -> int:
    """The key of the entry with this version in the feed of an account."""
    return account_id << _BITS_OF_A_VERSION | version


def version_of(key: int) -> int:
    """The version that an entry's key holds."""
    return key & (1 << _BITS_OF_A_VERSION) - 1


def account_of(key: int) -> int:
    """The account in whose feed an entry with this key is."""
    return key >> _BITS_OF_A_VERSION
