"""Which addresses may be called: judged by the name that is given and by what it resolves to."""

from __future__ import annotations

import re
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from simulator.engine.delivery import targets
from simulator.engine.delivery.targets import BadTarget

_Address = IPv4Address | IPv6Address

_CONTAINER_HOSTS = {"host.docker.internal", "host.containers.internal"}
"""What containers call the machine on which they run; Podman gives it a link-local address."""
_SERVICE = re.compile(r"[a-z0-9_-]+")
"""A host on a container network: a name without dots."""
_LOOPBACK = ("::1", "127.0.0.1")

_METADATA = {
    ip_address(address)
    for address in (
        *("169.254.169.254", "fd00:ec2::254", "fd20:ce::254", "fe80::a9fe:a9fe"),
        *("169.254.170.2", "169.254.170.23", "fd00:ec2::23"),
        *("100.100.100.200", "168.63.129.16", "192.0.0.192"),
        *("169.254.0.23", "169.254.42.42", "fd00:42::42"),
    )
}
"""Where clouds hand out credentials: AWS, Google, Azure, OpenStack and others; the tasks of ECS and
the pods of EKS; Alibaba, Azure's host, Oracle; Tencent, Scaleway."""
_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))


class TargetPolicy:
    """Decides where webhooks may go: this machine, private networks and hosts that are named.

    A target is judged when it is given, by its host, and whenever it is connected to, by the
    addresses that the host has then. `allowed` are names, whose addresses may be public ones but
    none at which nobody expects a receiver (link-local, metadata of a cloud), and addresses.
    """

    def __init__(self, allowed: tuple[str, ...] = ()) -> None:
        self._allowed = {_on_the_wire(host.lower()) for host in allowed}

    def refusal(self, target: str) -> str | None:
        """Why `target` may not be called, or None when it may as far as its host tells."""
        try:
            parts = urlsplit(targets.read(target).origin)
            host = _on_the_wire((parts.hostname or "").lower())
        except (BadTarget, UnicodeError) as error:
            return str(error) if isinstance(error, BadTarget) else f"{target!r:.200} is not a URL"
        if parts.scheme not in ("http", "https") or not host:
            return f"{target!r:.200} is not an http or https URL"
        return self.refusal_of_host(host)

    def refusal_of_host(self, host: str) -> str | None:
        """Why a host may not be called, or None when its addresses decide."""
        address = literal(host)
        if address is None and (meant := _oddly_written(host)) is not None:
            return f"webhooks may not go to {host}: write the address as {meant}"
        if host in self._allowed or is_this_machine(host) or host in _CONTAINER_HOSTS:
            return None
        if _SERVICE.fullmatch(host) if address is None else _is_near(_meant(address)):
            return None
        return (
            f"webhooks may not go to {host}: only to this machine, to private addresses and to "
            f"hosts named with --webhook-allow {host}"
        )

    def admitted(self, host: str, addresses: Sequence[str]) -> list[str]:
        """Those of the addresses of a host that is not refused that may be connected to, in their
        order."""
        if literal(host) is not None:
            return list(addresses)
        named = host in self._allowed
        return [each for each in addresses if self._admits(ip_address(each), host, named)]

    def _admits(self, address: _Address, host: str, named: bool) -> bool:
        meant = _meant(address)
        if str(address) in self._allowed:
            return True
        if meant in _METADATA:
            return False
        if meant.is_link_local:
            return host in _CONTAINER_HOSTS
        return _is_near(meant) or (named and not meant.is_multicast)


def is_this_machine(host: str) -> bool:
    """Whether a name means this machine wherever it is asked (RFC 6761)."""
    return host == "localhost" or host.endswith(".localhost")


def known_addresses(host: str) -> tuple[str, ...]:
    """The addresses of a host for which nobody has to be asked: an address, this machine."""
    address = literal(host)
    if address is not None:
        return (str(_meant(address) if _is_mapped(address) else address),)
    return _LOOPBACK if is_this_machine(host) else ()


def literal(host: str) -> _Address | None:
    """The address that a host is, written as usual; None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def _oddly_written(host: str) -> str | None:
    """The IPv4 address that systems read in a host such as ``2130706433``, ``0x7f.1`` or ``127.1``;
    readers of URLs do not agree about them."""
    if not host[-1:].isalnum() or not host[:1].isdigit():
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None


def _is_mapped(address: _Address) -> bool:
    return isinstance(address, IPv6Address) and address.ipv4_mapped is not None


def _meant(address: _Address) -> _Address:
    """The IPv4 address that an IPv6 address leads to (mapped, 6to4, Teredo, NAT64), or itself."""
    if isinstance(address, IPv4Address):
        return address
    if any(address in network for network in _NAT64):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)


def _is_near(address: _Address) -> bool:
    """Whether an address is of this machine or a private network. An unspecified one is this
    machine: systems connect so, and servers print it as theirs."""
    return not (
        address.is_global or address.is_link_local or address.is_multicast or address in _METADATA
    )


def _on_the_wire(host: str) -> str:
    """A host as it is asked for: other alphabets in ASCII. Raises UnicodeError."""
    if host.isascii():
        return host
    import idna

    return idna.encode(host).decode()
