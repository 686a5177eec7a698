"""Promise: a page of results is somebody's file: a link in its place is not followed to the runner's own files."""

import json
import os

os.symlink("/etc/hostname", "/app/output/detailed_results.html")
os.makedirs("/app/output/results")
os.symlink("/etc/passwd", "/app/output/results/plot.png")
json.dump({"reached": 0}, open("/app/output/scores.json", "w"))
