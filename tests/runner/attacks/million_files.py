"""Promise: a submission cannot use the runner's inodes up with a million files."""

import os

for folder in range(1000):
    os.mkdir(f"/app/output/{folder}")
    for number in range(1000):
        open(f"/app/output/{folder}/{number}", "w").close()
