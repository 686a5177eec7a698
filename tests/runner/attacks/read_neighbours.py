"""Promise: a submission that runs beside this one on the same machine is out of reach, its files and its processes."""

import json
import os

reached = []
for parent, folders, files in os.walk("/"):
    if parent.startswith(("/proc", "/sys", "/usr", "/lib")):
        folders.clear()
        continue
    reached += [os.path.join(parent, name) for name in files if "theirs" in name]
for process in filter(str.isdecimal, os.listdir("/proc")):
    try:
        command = open(f"/proc/{process}/cmdline").read()
    except OSError:
        continue
    if "theirs" in command:
        reached.append(f"process {process}: {command}")
json.dump(reached, open("/app/output/reached.json", "w"))
