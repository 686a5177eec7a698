"""Promise: a submission takes no more processes than its limit, and other jobs go on."""

import json
import os
import time

children = 0
try:
    while children < 5000:
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
        children += 1
except OSError:
    pass
json.dump(["more processes than allowed"] if children > 64 else [], open("/app/output/reached.json", "w"))
