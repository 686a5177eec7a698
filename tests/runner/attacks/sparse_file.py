"""Promise: a file of a petabyte of holes is neither sent nor copied."""

import json

try:
    with open("/app/output/holes", "wb") as file:
        file.truncate(2**50)
    reached = ["a file of a petabyte"]
except OSError:
    reached = []
json.dump(reached, open("/app/output/reached.json", "w"))
