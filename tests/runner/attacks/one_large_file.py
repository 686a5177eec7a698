"""Promise: a submission cannot fill the runner's disk with large files."""

import time

for name in ("first", "second"):
    try:
        with open(f"/app/output/{name}", "wb") as file:
            for _ in range(4096):
                file.write(b"0" * 1024**2)
                file.flush()
    except OSError:
        print("stopped", flush=True)
time.sleep(60)
