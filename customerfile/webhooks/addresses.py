"""Which addresses messages may go to: public ones by https, and what the operator named of their own network.

The rule is asked about the very address that is connected to, so that a name cannot lead elsewhere than it was checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from socket import AI_NUMERICHOST, getaddrinfo
from urllib.parse import SplitResult, urlsplit

from customerfile.base.told import noted_text, told
from customerfile.webhooks.errors import BadPrivateList, EndpointNotPossible

type Address = IPv4Address | IPv6Address

SETTING = "CUSTOMERFILE_WEBHOOK_PRIVATE"
_NOT_ENCRYPTED = noted_text(
    "It is not encrypted. Only hosts named in CUSTOMERFILE_WEBHOOK_PRIVATE are written to by http."
)
_LONGEST = 2000
_ORDINARY_V6 = IPv6Network("2000::/3")
_NOT_PUBLIC = (  # reserved, or wrapping an address of another kind; beyond what the library knows
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv6Network("2001::/23"),
    IPv6Network("2001:db8::/32"),
    IPv6Network("2002::/16"),
    IPv6Network("3fff::/20"),
)


@dataclass(frozen=True, slots=True)
class OwnNetwork:
    """What the operator allows beyond the public internet: host names, and networks or single addresses."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def parse(cls, text: str) -> OwnNetwork:
        """From "crm.internal, 10.2.0.0/16". Raises BadPrivateList."""
        hosts, networks = set(), []
        for entry in filter(None, (each.strip() for each in text.split(","))):
            try:
                networks.append(ip_network(entry, strict=False))
            except ValueError:
                if not all(part.isalnum() for part in entry.replace("-", "").split(".")):
                    raise BadPrivateList(
                        told(
                            '{setting} has "{entry}", which is no host and no network.',
                            setting=SETTING,
                            entry=entry,
                        ),
                        "Write hosts and networks with commas between: crm.internal,10.2.0.0/16",
                    ) from None
                hosts.add(entry.lower())
        return cls(frozenset(hosts), tuple(networks))

    def holds(self, host: str, address: Address | None) -> bool:
        """Whether the operator named this host or this address."""
        return host.lower() in self.hosts or (
            address is not None and any(address in network for network in self.networks)
        )


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart. `path` is with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def is_encrypted(self) -> bool:
        return self.scheme == "https"

    @property
    def authority(self) -> str:
        """For the header Host."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.is_encrypted else 80) else f"{host}:{self.port}"


def target(url: str) -> Target:
    """An address that can be written to. Raises EndpointNotPossible."""
    if len(url) > _LONGEST or not all("!" <= sign <= "~" for sign in url):
        raise _not_possible(
            noted_text("An address is at most 2,000 signs without blanks, accents or line breaks.")
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _not_possible(noted_text("This is no address of a web server.")) from None
    _check_parts(parts)
    host = (parts.hostname or "").rstrip(".")
    path = parts.path or "/"
    default = 443 if parts.scheme == "https" else 80
    return Target(
        parts.scheme,
        host,
        default if port is None else port,
        f"{path}?{parts.query}" if parts.query else path,
    )


def refusal(where: Target, address: str, own: OwnNetwork) -> str:
    """Why this address may not be connected to for that target, as a sentence; "" where it may."""
    found = _as_address(address)
    if own.holds(where.host, found):
        return ""
    if not where.is_encrypted:
        return _NOT_ENCRYPTED
    if not is_public(found):
        return told(
            "{host} leads to {address}, which is no public address. If it is yours, name it in {setting}.",
            host=where.host,
            address=found,
            setting=SETTING,
        )
    return ""


def refusal_beforehand(where: Target, own: OwnNetwork) -> str:
    """As `refusal`, as far as it is known without looking the host up: of addresses written as such, and of http."""
    address = literal(where.host)
    if address:
        return refusal(where, address, own)
    if where.is_encrypted or own.networks or own.holds(where.host, None):
        return ""
    return _NOT_ENCRYPTED


def is_public(address: Address) -> bool:
    """Whether an address is an ordinary one of the public internet: nothing private, local, mapped, reserved."""
    if isinstance(address, IPv6Address) and address not in _ORDINARY_V6:
        return False
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return not any(address in network for network in _NOT_PUBLIC if network.version == address.version)


def literal(host: str) -> str:
    """The address that a host is where it is written as one, in whatever spelling; "" where it is a name."""
    if host == "localhost" or host.endswith(".localhost"):
        return "127.0.0.1"
    try:
        found = getaddrinfo(host, None, flags=AI_NUMERICHOST)
    except OSError:
        return ""
    return str(found[0][4][0])


def _as_address(text: str) -> Address:
    """Without the zone; one that wraps an IPv4 address stays what it is, and is not public."""
    return ip_address(text.partition("%")[0])


def _check_parts(parts: SplitResult) -> None:
    if parts.scheme not in ("https", "http"):
        raise _not_possible(noted_text("An address begins with https://."))
    if not parts.hostname or "%" in parts.hostname or parts.port == 0:
        raise _not_possible(noted_text("The address names no host."))
    if parts.username is not None or parts.password is not None:
        raise _not_possible(
            noted_text("A name or password in an address would be seen by whoever sees the address.")
        )
    if parts.fragment:
        raise _not_possible(noted_text("What stands behind # is never sent."))


def _not_possible(reason: str) -> EndpointNotPossible:
    return EndpointNotPossible(reason, "Give an address such as https://example.org/hooks/customers")
