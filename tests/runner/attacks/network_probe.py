"""Promise: a submission reaches no network: not the internet, not the cloud's metadata, not the runner's host."""

import json
import socket

ADDRESSES = [("1.1.1.1", 53), ("169.254.169.254", 80), ("169.254.170.2", 80), ("172.17.0.1", 22), ("10.0.0.1", 80)]
reached = []
for address in ADDRESSES:
    try:
        socket.create_connection(address, 1).close()
        reached.append(f"{address}")
    except OSError:
        pass
for kind, protocol in ((socket.SOCK_RAW, socket.IPPROTO_ICMP), (socket.SOCK_DGRAM, socket.IPPROTO_UDP)):
    try:
        probe = socket.socket(socket.AF_INET, kind, protocol)
        probe.sendto(b"x", ("8.8.8.8", 53))
        reached.append(f"sent by {kind}")
    except OSError:
        pass
try:
    socket.getaddrinfo("example.org", 80)
    reached.append("a name server")
except OSError:
    pass
reached += [name for _, name in socket.if_nameindex() if name != "lo"]
json.dump(reached, open("/app/output/reached.json", "w"))
