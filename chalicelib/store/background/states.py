"""States of background work, as its rows have them, and how long one function may hold it."""

from datetime import timedelta

WAITING = "Waiting"
RUNNING = "Running"
FINISHED = "Finished"
FAILED = "Failed"


#: Longer than a Lambda function lives (15 minutes), so that two never import the same bundle at once.
LEASE = timedelta(minutes=16)
