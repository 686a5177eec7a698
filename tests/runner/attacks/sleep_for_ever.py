"""Promise: the time limit is one by the clock on the wall."""

import time

print("going to sleep", flush=True)
while True:
    time.sleep(3600)
