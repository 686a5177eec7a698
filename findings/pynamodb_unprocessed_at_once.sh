#!/usr/bin/env bash
# PynamoDB 6.1.0: what a throttled table gives back of a batch is sent again at once: read without an end, written three times.
#
# DynamoDB answers a batch that it has no capacity for with 200 and the rest as UnprocessedKeys or UnprocessedItems, and wants
# clients to wait ever longer before they send it again. botocore's tries and pauses do not see it, since it is no error, and
# PynamoDB adds none: `batch_get` asks as fast as it can until all is there, however long that takes, and `batch_write` gives
# up after two more tries, within milliseconds. It raises PutError then without a cause: `cause_response_code` is None, so
# whoever tells throttling from defects by that code, as with every other call, takes it for a defect.
# Seen below, with a server that gives everything back 40 times: 41 reads, or 3 writes, each less than 0.1 s after the former.
# Expected by us: pauses as of other throttled calls, one limit for both, and an error that says what it is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "pynamodb==6.1.0" "botocore==1.43.106" 2>/dev/null
cd "$folder"
AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=eu-west-1 "$folder/venv/bin/python" - <<'PY'
import importlib.metadata
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from statistics import median

from pynamodb.attributes import UnicodeAttribute
from pynamodb.exceptions import PutError
from pynamodb.models import Model

print("pynamodb", importlib.metadata.version("pynamodb"))
BUSY = 40
asked = {"BatchGetItem": [], "BatchWriteItem": []}


class Busy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        operation = self.headers["X-Amz-Target"].split(".")[1]
        if operation == "DescribeTable":
            key = {"AttributeName": "name", "KeyType": "HASH"}
            kind = {"AttributeName": "name", "AttributeType": "S"}
            answer = {"Table": {"TableName": "rows", "KeySchema": [key], "AttributeDefinitions": [kind]}}
        else:
            asked[operation].append(time.monotonic())
            rest = said["RequestItems"] if len(asked[operation]) <= BUSY else {}
            answer = {"Responses": {"rows": []}, "UnprocessedKeys": rest, "UnprocessedItems": rest}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Busy)
threading.Thread(target=server.serve_forever, daemon=True).start()


class Row(Model):
    class Meta:
        table_name = "rows"
        region = "eu-west-1"
        host = f"http://127.0.0.1:{server.server_port}"

    name = UnicodeAttribute(hash_key=True)


assert list(Row.batch_get(["a", "b"])) == []
error = None
try:
    with Row.batch_write() as batch:
        batch.save(Row("a"))
except PutError as caught:
    error = caught
for operation, times in asked.items():
    pauses = [after - before for before, after in zip(times, times[1:])]
    print(f"{operation}: asked {len(times)} times, {1000 * median(pauses):.0f} ms apart")
    assert median(pauses) < 0.1, pauses
print(f"{type(error).__name__}: {error}, code {error and error.cause_response_code}")
assert len(asked["BatchGetItem"]) == BUSY + 1 and len(asked["BatchWriteItem"]) == 3, asked
assert error is not None and error.cause_response_code is None
PY
echo "As described."
