"""The names that programs rely on: paths inside containers and file names in archives (FORMATS 2.1, 2.3, 2.9)."""

ROOT = "/app"
PROGRAM = "/app/program"
INGESTION_PROGRAM = "/app/ingestion_program"
SUBMISSION_PROGRAM = "/app/ingested_program"
INPUT = "/app/input"
PREDICTIONS = "/app/input/res"
REFERENCE = "/app/input/ref"
INPUT_DATA = "/app/input_data"
OUTPUT = "/app/output"
SHARED = "/app/shared"
DATA = "/app/data"
TEMP = "/app/temp"

#: A program's metadata file, in the order in which they are looked for.
METADATA_NAMES = ("metadata.yaml", "metadata")
#: What a scoring program of version 1 finds in its input besides: whose submission it is, and folders that are empty here.
RECORD = "/app/input/metadata"
EMPTY_FOLDERS = ("/app/input/history", "/app/input/scores", "/app/input/coopetition")
#: How the prediction went, beside the predictions that are scored.
PREDICTION_METADATA = "metadata"
#: A scoring program's result, in the order in which they are looked for.
SCORES_NAMES = ("scores.json", "scores.txt")
DETAILED_RESULTS = "detailed_results.html"
#: By this a scoring or an ingestion program says that the submission is at fault, and why (ADR 55).
SUBMISSION_ERROR = "submission_error.txt"
#: What stands in this folder of an output is the organizers' alone (FORMATS 2.3).
PRIVATE = "private"
