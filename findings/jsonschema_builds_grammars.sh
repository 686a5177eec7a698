#!/usr/bin/env bash
# jsonschema 4.26.0 beside rfc3987-syntax 1.1.0: `import jsonschema` builds 39 parsers, though nothing is validated.
#
# The extra `format-nongpl` brings rfc3987-syntax, whose module makes a Lark parser for each rule of RFC 3987 when it is
# imported; jsonschema imports it to register the formats "iri" and "iri-reference", whichever schema is used later, and even
# where only an exception of jsonschema is wanted. Many tools depend on jsonschema, so each process pays that, unasked: some
# 0.8 s of CPU here, twenty times what the import costs without that package.
# Seen below: Lark parsers made by `import jsonschema`: 39 with the extra's package, 0 once it is removed.
# Expected by us: none before something of the format "iri" is checked, as for jsonschema's other formats.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
pip() { "$folder/venv/bin/pip" --quiet --disable-pip-version-check "$@" 2>/dev/null; }
pip install "jsonschema==4.26.0" "rfc3987-syntax==1.1.0" "lark==1.3.1"
cd "$folder"
cat >seen.py <<'PY'
import importlib.metadata
import sys
import time

import lark

made, make = 0, lark.Lark.__init__


def counted(self, *args, **kwargs):
    global made
    made += 1
    make(self, *args, **kwargs)


lark.Lark.__init__ = counted
before = time.process_time()
import jsonschema

jsonschema.validate({"age": 3}, {"type": "object"})
seconds = time.process_time() - before
print("jsonschema", importlib.metadata.version("jsonschema"), "|", sys.argv[1], "| parsers made:", made, f"| {seconds:.2f} s of CPU")
assert made == int(sys.argv[2]), made
PY
"$folder/venv/bin/python" seen.py "with rfc3987-syntax" 39
pip uninstall --yes rfc3987-syntax
"$folder/venv/bin/python" seen.py "without it" 0
echo "As described."
