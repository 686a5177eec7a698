"""Promise: code that a scoring program lets in by a pickle finds no network, no credential and no way out of there."""

import os

PAYLOAD = """
import glob, json, os, socket
reached = []
for address in (("1.1.1.1", 53), ("169.254.169.254", 80), ("172.17.0.1", 22)):
    try:
        socket.create_connection(address, 1).close()
        reached.append(str(address))
    except OSError:
        pass
for place in ("/etc/x", "/app/input/ref/x", "/usr/x"):
    try:
        open(place, "w").close()
        reached.append(place)
    except OSError:
        pass
names = [name for name in os.environ if "AGON" in name or "AWS" in name or "TOKEN" in name]
reached += names + glob.glob("/var/run/docker*") + (["root"] if os.getuid() == 0 else [])
json.dump({"reached": len(reached)}, open("/app/output/scores.json", "w"))
print(reached)
os._exit(0)
"""


class Bomb:
    def __reduce__(self):
        return exec, (PAYLOAD,)


import pickle  # noqa: E402

with open("/app/output/predictions.pkl", "wb") as file:
    pickle.dump(Bomb(), file)
os.sync()
