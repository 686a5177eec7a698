"""Promise: a submission writes to its output, to its own program and to memory, and nowhere else."""

import json
import os

PLACES = (
    *("/etc/passwd", "/usr/bin/python3", "/app/x", "/app/input_data/x", "/app/ingested_program/x"),
    *("/root/x", "/var/tmp/x", "/home/x", "/opt/x", "/proc/sys/kernel/core_pattern", "/sys/fs/cgroup/x"),
    *("/proc/sysrq-trigger", "/dev/mem", "/dev/sda", "/dev/kmsg"),
)
reached = []
for place in PLACES:
    try:
        os.close(os.open(place, os.O_WRONLY | os.O_CREAT))
        reached.append(place)
    except OSError:
        pass
try:
    os.close(os.open("/app/output/../../etc/x", os.O_WRONLY | os.O_CREAT))
    reached.append("a way up")
except OSError:
    pass
json.dump(reached, open("/app/output/reached.json", "w"))
