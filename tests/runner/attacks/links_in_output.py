"""Promise: what crosses from a submission to scoring is plain files: no link leads out, and no pipe blocks."""

import os

os.chdir("/app/output")
os.symlink("/app/input/ref/truth.txt", "truth.txt")
os.symlink("/app/input/ref", "folder")
os.symlink("/etc", "etc")
os.symlink("/proc/self/root", "root")
os.mkfifo("scores.json")
open("one", "w").write("x")
os.link("one", "two")
open("setuid", "w").write("x")
os.chmod("setuid", 0o6755)
open("reached.json", "w").write("[]")
