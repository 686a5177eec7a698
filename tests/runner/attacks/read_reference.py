"""Promise: the truth and other people's submissions are nowhere in the container that runs a submission."""

import json
import os

reached = [
    path for path in ("/app/input/ref", "/var/run/docker.sock", "/run/docker.sock", "/app/data") if os.path.exists(path)
]
for parent, folders, files in os.walk("/"):
    if parent.startswith(("/proc", "/sys", "/usr", "/lib")):
        folders.clear()
        continue
    for name in files:
        if name == "truth.txt":
            reached.append(os.path.join(parent, name))
# Through the kernel: other containers' processes, the runner's own, and what the host has mounted.
for process in filter(str.isdecimal, os.listdir("/proc")):
    try:
        environment = open(f"/proc/{process}/environ").read()
    except OSError:
        continue
    if "AGON" in environment or "agonr_" in environment or "AWS_" in environment:
        reached.append(f"the environment of process {process}")
json.dump(reached, open("/app/output/reached.json", "w"))
