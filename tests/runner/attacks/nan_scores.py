"""Promise: what is no finite number is no score."""

open("/app/output/scores.json", "w").write(
    '{"reached": NaN, "a": Infinity, "b": -Infinity, "c": null, "d": "1", "e": 1e999}'
)
