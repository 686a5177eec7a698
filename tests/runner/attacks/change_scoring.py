"""Promise: nothing that a submission leaves is executed or read as a part of the scoring program."""

import os

FORGED = "import json; json.dump({'reached': 1000}, open('/app/output/scores.json', 'w')); raise SystemExit(0)\n"
# Names that a scoring program in Python would import from its own folder, its output, or the folder that it is started in.
for folder in ("/app/output", "/app/program", "/tmp"):
    for name in ("score.py", "json.py", "sitecustomize.py", "usercustomize.py", "os.py", "metadata", "metadata.yaml"):
        open(f"{folder}/{name}", "w").write("command: python3 /app/input/res/score.py\n" if "meta" in name else FORGED)
os.makedirs("/app/output/private", exist_ok=True)
open("/app/output/scores.json", "w").write('{"reached": 1000}')
open("/app/output/scores.txt", "w").write("reached: 1000\n")
open("/app/output/reached.json", "w").write("[]")
