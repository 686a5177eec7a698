"""Promise: no device can be made, mounted or opened, and no namespace entered."""

import ctypes
import json
import os
import stat

libc = ctypes.CDLL(None, use_errno=True)
reached = []
for name, kind in (("disk", stat.S_IFBLK), ("memory", stat.S_IFCHR)):
    try:
        os.mknod(f"/app/output/{name}", kind | 0o666, os.makedev(8 if kind == stat.S_IFBLK else 1, 1))
        reached.append(name)
    except OSError:
        pass
if libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0:
    reached.append("mount")
for flag, name in ((0x10000000, "user"), (0x00020000, "mount"), (0x40000000, "network"), (0x20000000, "pid")):
    if libc.unshare(flag) == 0:
        reached.append(f"a {name} namespace of its own")
if libc.setuid(0) == 0 and os.getuid() == 0:
    reached.append("root")
json.dump(reached, open("/app/output/reached.json", "w"))
