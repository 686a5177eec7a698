"""Promise: a submission sees and ends only its own processes."""

import json
import os
import signal

reached = []
mine = {os.getpid(), 1}
for process in filter(str.isdecimal, os.listdir("/proc")):
    if int(process) not in mine:
        reached.append(open(f"/proc/{process}/cmdline").read())
signal.signal(signal.SIGTERM, signal.SIG_IGN)
try:
    os.kill(-1, signal.SIGTERM)
except OSError:
    pass
json.dump(reached, open("/app/output/reached.json", "w"))
