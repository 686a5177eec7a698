"""The cost of a cold start: the import of `app` beside a hello world's and a former build's, and the package's size.

All are measured as Lambda has them: unpacked, with their packages beside them, and nothing is written. Our package brings
its bytecode; a package as Chalice makes it, such as that of the former build and the hello world, has sources alone.
"""

import io
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import botocore

from agon import config
from agon.local import deploy
from benchmarks.report import show

RUNS = 11
#: The last build that read everything at its start, X-Ray's SDK too.
FORMER = "88b0040"
#: What the package had before only the called services' descriptions were packed: version 0.1.0.
_FORMER_BYTES = 27_355_427
_TIMED = "import sys, time; sys.path.insert(0, '.'); began = time.perf_counter(); {}; print(time.perf_counter() - began)"
_HELLO = 'from chalice import Chalice\napp = Chalice("hello")\n\n@app.route("/")\ndef hello():\n    return {}\n'
#: What each function has read when its first call is about to ask AWS; of the API, somebody's list of competitions.
_ENTRIES = {
    "api_handler": "import app; from chalicelib import http; http.accounts.identify;"
    " from chalicelib.actions.competitions import showing; showing.list_mine",
    "on_task": "import app; app.dispatch.perform",
    "sweep": "import app; app.sweeping.sweep; from chalicelib.store import table; table.know_every_model()",
}


def main() -> None:
    """Alternate between all, so that whatever else the machine does hits each."""
    with tempfile.TemporaryDirectory() as folder:
        ours, hello, former, stack = (Path(folder) / name for name in ("ours", "hello", "former", "stack"))
        stack.mkdir()
        built = deploy.package(stack, deploy.fingerprint(config.SOURCE))
        size = (built / "deployment.zip").stat().st_size
        with zipfile.ZipFile(built / "deployment.zip") as packed:
            packed.extractall(ours)
        for made in (hello, former):
            _package_plainly(made, ours / "chalice")
        (hello / "app.py").write_text(_HELLO)
        timed = {"app": (ours, "import app"), "hello": (hello, "import app")}
        # Its X-Ray SDK made a client at once.
        shutil.copytree(Path(botocore.__file__).parent / "data/xray", former / "botocore/data/xray")
        if _check_out(former):
            timed["former"] = (former, "import app")
        timed |= {name: (ours, code) for name, code in _ENTRIES.items()}
        seconds = _medians(timed)
    _report(seconds, size)


def _package_plainly(folder: Path, runtime: Path) -> None:
    """Fill a folder with the packages as they are fetched, and with Chalice's runtime."""
    version, script = "{}.{}".format(*sys.version_info), config.SOURCE / "infra/setup/vendor.py"
    subprocess.run([sys.executable, script, folder, version, "x86_64"], check=True, capture_output=True)
    shutil.copytree(runtime, folder / "chalice", ignore=shutil.ignore_patterns("__pycache__"))


def _check_out(folder: Path) -> bool:
    """Put the former build into a folder. False, with the reason told, where there is no history to take it from."""
    command = ["git", "-C", str(config.SOURCE), "archive", FORMER, "app.py", "chalicelib"]
    try:
        archived = subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"Nothing to compare with: git has no build {FORMER} here ({error}).", file=sys.stderr)
        return False
    with tarfile.open(fileobj=io.BytesIO(archived.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return True


def _medians(timed: Mapping[str, tuple[Path, str]]) -> dict[str, float]:
    rounds = [{name: _seconds(*one) for name, one in timed.items()} for _ in range(RUNS + 1)]
    # The first round also reads all files from the disk.
    return {name: statistics.median(seconds[name] for seconds in rounds[1:]) for name in timed}


def _seconds(folder: Path, code: str) -> float:
    environment = config.child_environment(AWS_DEFAULT_REGION="eu-west-1", POWERTOOLS_TRACE_DISABLED="true")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", _TIMED.format(code)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def _report(seconds: Mapping[str, float], size: int) -> None:
    ours, hello, former = seconds["app"], seconds["hello"], seconds.get("former")
    result: dict[str, Any] = {
        "import_seconds": round(ours, 4),
        "hello_import_seconds": round(hello, 4),
        "ratio": round(ours / hello, 2),
        "former_import_seconds": former and round(former, 4),
        "former_ratio": former and round(ours / former, 2),
        "entry_seconds": {name: round(seconds[name], 4) for name in _ENTRIES},
        "package_bytes": size,
        "former_package_bytes": _FORMER_BYTES,
        "package_ratio": round(size / _FORMER_BYTES, 2),
    }
    rows: list[tuple[object, ...]] = [("import app (s), beside hello world", ours, hello, f"{ours / hello:.1f}")]
    if former:
        rows.append((f"import app (s), beside build {FORMER}", ours, former, f"{ours / former:.2f}"))
        # The former build had read all of it, whichever function it was.
        rows += [
            (f"first call of {name} (s), likewise", seconds[name], former, f"{seconds[name] / former:.2f}")
            for name in _ENTRIES
        ]
    rows.append(("package (bytes), beside version 0.1.0", f"{size:,}", f"{_FORMER_BYTES:,}", f"{size / _FORMER_BYTES:.2f}"))
    show(f"Cold start, median of {RUNS}", ("", "Agon", "baseline", "ratio"), rows, result)


if __name__ == "__main__":
    main()
