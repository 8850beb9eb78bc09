# IP addresses in patterns and events: the same address may be spelt in several ways. Names of hosts are not looked up.

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_V4 = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){3}")
_V6 = re.compile(r"[0-9a-fA-F:]*:[0-9a-fA-F:]*")


def read_address(text: str) -> Address | None:
    """The address that a text spells, or None. Zeros in front of a decimal part do not count; ``::ffff:a00:1`` is 10.0.0.1."""
    try:
        if _V4.fullmatch(text):
            return IPv4Address(".".join(str(int(part)) for part in text.split(".")))
        if _V6.fullmatch(text):
            address = IPv6Address(text)
            return address.ipv4_mapped or address
    except ValueError:
        return None
    return None


def read_network(text: str) -> Network:
    """The range of addresses that ``10.0.0.0/24`` means; bits behind the mask may be set.

    A mask that leaves one address is refused, as the engine of the service does.

    Raises:
        ValueError: there is no slash, no address before it, or no fitting number after it.
    """
    written, slash, bits = text.partition("/")
    address = read_address(written)
    if not slash:
        raise ValueError("a slash and the number of fixed bits are missing")
    if address is None:
        raise ValueError(f"“{written}” is no IP address")
    if not re.fullmatch(r"[0-9]{1,3}", bits) or int(bits) >= address.max_prefixlen:
        raise ValueError(f"the number after the slash has to be between 0 and {address.max_prefixlen - 1}")
    return ip_network(f"{address}/{bits}", strict=False)


def holds_address(network: Network, text: str) -> bool:
    """Whether a text spells an address of the range."""
    address = read_address(text)
    return address is not None and address in network
