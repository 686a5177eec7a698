"""Promise: a submission that takes more memory than it may is killed, and it alone."""

hog = []
while True:
    hog.append(bytearray(16 * 1024**2))
