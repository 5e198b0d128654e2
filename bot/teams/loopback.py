"""Whether an address is this machine itself."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_loopback(host: str | None) -> bool:
    """Whether a host, without its port, is this machine; any other name is not."""
    if host is None:
        return False
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def leads_here(url: str) -> bool:
    """Whether an address (`http://host:port/…`, or `//host:port`) is this machine's."""
    try:
        return is_loopback(urlsplit(url).hostname)
    except ValueError:
        return False
