"""What a cold start costs: the import of `app` beside that of a hello-world Chalice app, and the package's size."""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from agon import config
from agon.local import deploy
from benchmarks.report import show

RUNS = 11
#: What the package had before only the called services' descriptions were packed: version 0.1.0.
_FORMER_BYTES = 27_355_427
_TIMED = "import time; began = time.perf_counter(); import app; print(time.perf_counter() - began)"
_HELLO = 'from chalice import Chalice\napp = Chalice("hello")\n\n@app.route("/")\ndef hello():\n    return {}\n'


def main() -> None:
    """Alternate between the two, so that whatever else the machine does hits both."""
    with tempfile.TemporaryDirectory() as folder:
        hello, stack = Path(folder) / "hello", Path(folder) / "stack"
        hello.mkdir()
        stack.mkdir()
        (hello / "app.py").write_text(_HELLO)
        times = [(_import_seconds(config.SOURCE), _import_seconds(hello)) for _ in range(RUNS)]
        built = deploy.package(stack, deploy.fingerprint(config.SOURCE))
        size = (built / "deployment.zip").stat().st_size
    ours, theirs = (statistics.median(column) for column in zip(*times, strict=True))
    result = {
        "import_seconds": round(ours, 4),
        "hello_import_seconds": round(theirs, 4),
        "ratio": round(ours / theirs, 2),
        "package_bytes": size,
        "former_package_bytes": _FORMER_BYTES,
        "package_ratio": round(size / _FORMER_BYTES, 2),
    }
    rows = [
        ("import app (s), beside hello world", ours, theirs, f"{ours / theirs:.1f}"),
        ("package (bytes), beside version 0.1.0", f"{size:,}", f"{_FORMER_BYTES:,}", f"{size / _FORMER_BYTES:.2f}"),
    ]
    show(f"Cold start, median of {RUNS}", ("", "Agon", "baseline", "ratio"), rows, result)


def _import_seconds(folder: Path) -> float:
    environment = config.child_environment(AWS_DEFAULT_REGION="eu-west-1", POWERTOOLS_TRACE_DISABLED="true")
    done = subprocess.run(
        [sys.executable, "-c", _TIMED], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


if __name__ == "__main__":
    main()
