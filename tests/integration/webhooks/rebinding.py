"""Run in a network of its own: a name server that changes its answers, services inside, and our sender against them.

Prints in JSON how often something inside and outside was reached, while nothing is allowed and while everything is.
"""

import itertools
import json
import socket
import struct
import threading
from collections.abc import Iterator

from customerfile.webhooks.addresses import OwnNetwork
from customerfile.webhooks.posting import addresses_of, post

PUBLIC, INSIDE = "93.184.215.14", ("127.0.0.1", "10.0.0.1", "169.254.169.254")
PORT = 8443
SPELLINGS = """
127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 127.0.0.1. 0 0.0.0.0 localhost
foo.localhost 10.0.0.1 10.1 167772161 0xa000001 0xa.1 012.0.0.1 01200000001 169.254.169.254 169.16689662
2852039166 0xa9fea9fe 0xa9.0xfe.0xa9.0xfe 0251.0376.0251.0376 [::1] [0:0:0:0:0:0:0:1] [0000::0001] [::]
[::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:7f00:1] [::ffff:10.0.0.1] [::ffff:a00:1] [::ffff:169.254.169.254]
[::ffff:a9fe:a9fe] [::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::a00:1] [64:ff9b::a9fe:a9fe] [2002:7f00:1::] [2002:a00:1::]
[2001:0:7f00:1::] [fe80::1] [fd00::1] [fec0::1] inside.example.org turns.example.org both.example.org
mapped.example.org zero.example.org
""".split()  # noqa: SIM905 - read more easily than a list
AAAA = {"mapped": "::ffff:127.0.0.1", "both": "::1"}
A = {"inside": "10.0.0.1", "zero": "0.0.0.0"}


def answers() -> Iterator[tuple[bytes, tuple[str, int], socket.socket]]:
    """The questions put to the name server."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))
    while True:
        yield *server.recvfrom(512), server


def serve_names() -> None:
    """`turns` is public and inside by turns; `both` is both at once; others are what their first word says."""
    turns = itertools.cycle((PUBLIC, *INSIDE))
    for question, asker, server in answers():
        end = question.index(b"\0", 12)
        name = question[13 : 13 + question[12]].decode()
        kind = struct.unpack(">H", question[end + 1 : end + 3])[0]
        found = []
        if kind == 1:
            found = (
                [PUBLIC, "127.0.0.1"]
                if name == "both"
                else [next(turns)]
                if name == "turns"
                else [A[name]]
                if name in A
                else []
            )
        elif kind == 28 and name in AAAA:
            found = [AAAA[name]]
        records = b"".join(_record(kind, address) for address in found)
        head = question[:2] + struct.pack(">HHHHH", 0x8180, 1, len(found), 0, 0)
        server.sendto(head + question[12 : end + 5] + records, asker)


def _record(kind: int, address: str) -> bytes:
    data = socket.inet_pton(socket.AF_INET if kind == 1 else socket.AF_INET6, address)
    return b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 0, len(data)) + data


class Hits:
    """Who was reached: counts connections by whether the address that was called is inside."""

    def __init__(self) -> None:
        self.inside = self.outside = 0
        listening = socket.create_server(
            ("::", PORT), family=socket.AF_INET6, dualstack_ipv6=True, backlog=512
        )
        threading.Thread(target=self._count, args=(listening,), daemon=True).start()

    def _count(self, listening: socket.socket) -> None:
        while True:
            connection, _ = listening.accept()
            if connection.getsockname()[0].removeprefix("::ffff:") == PUBLIC:
                self.outside += 1
            else:
                self.inside += 1
            connection.close()


def attempt(own: OwnNetwork, hits: Hits) -> dict[str, int]:
    """Every spelling, by http and https, and a name that turns, many times."""
    hits.inside = hits.outside = 0
    hosts = [*SPELLINGS, *["turns.example.org"] * 200]
    for host in hosts:
        for scheme in ("https", "http"):
            post(f"{scheme}://{host}:{PORT}/", "{}", {}, own, seconds=3)
    return {"inside": hits.inside, "outside": hits.outside, "spellings": len(set(SPELLINGS))}


if __name__ == "__main__":
    threading.Thread(target=serve_names, daemon=True).start()
    counted = Hits()
    turned = {addresses_of("turns.example.org", 443)[0] for _ in range(8)}
    everything = OwnNetwork.parse("0.0.0.0/0,::/0")
    print(
        json.dumps(
            {
                "turned": sorted(turned),
                "refusing": attempt(OwnNetwork(), counted),
                "allowing": attempt(everything, counted),
            }
        )
    )
