"""Promise: a gigabyte on standard output costs the runner neither memory nor disk, and head and tail are kept."""

import os

os.write(1, b"the head\n")
block = b"x" * 1023 + b"\n"
chunk = block * 1024
for _ in range(1024):
    os.write(1, chunk)
os.write(1, b"the tail\n")
open("/app/output/reached.json", "w").write("[]")
