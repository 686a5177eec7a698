#!/usr/bin/env bash
# PynamoDB 6.1.0: a `with Model.batch_write() as batch:` block that raises is written all the same; a transaction's is not.
#
# `batch_write` and `TransactWrite` are used alike: rows are kept in memory, and sent when the block ends. TransactWrite looks
# whether the block raised; the batch does not. So where a loop fails half-way, the up to 25 rows that it had only kept until
# then are stored after the error, and the error goes on to the caller, who would take them for never sent.
# Seen below: after the same ValueError, the batch has stored 2 rows and the transaction none.
# Expected by us: none by either.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "pynamodb==6.1.0" "moto[dynamodb]==5.1.18" 2>/dev/null
cd "$folder"
AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=eu-west-1 "$folder/venv/bin/python" - <<'PY'
import importlib.metadata

from moto import mock_aws
from pynamodb.attributes import UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

print("pynamodb", importlib.metadata.version("pynamodb"))


class Row(Model):
    class Meta:
        table_name = "rows"
        region = "eu-west-1"

    name = UnicodeAttribute(hash_key=True)


def stored_by(writer, save):
    try:
        with writer as writing:
            for name in ("first", "second", "third"):
                if name == "third":
                    raise ValueError(name)
                save(writing, Row(f"{save.__name__} {name}"))
    except ValueError:
        pass
    return sorted(row.name for row in Row.scan() if row.name.startswith(save.__name__))


def batch(writing, row):
    writing.save(row)


def transaction(writing, row):
    writing.save(row)


with mock_aws():
    Row.create_table(billing_mode="PAY_PER_REQUEST", wait=True)
    by_batch = stored_by(Row.batch_write(), batch)
    by_transaction = stored_by(TransactWrite(connection=Connection(region="eu-west-1")), transaction)
print("stored by the batch:", by_batch, "| by the transaction:", by_transaction)
assert by_batch == ["batch first", "batch second"], by_batch
assert by_transaction == [], by_transaction
PY
echo "As described."
