"""The console's code: what is made is not kept, and there is one door to everything outside it."""

import json
import re
import subprocess
from pathlib import Path

from chalicelib.contract import litter

CONSOLE = Path(__file__).parents[2] / "console"
SOURCES = [path for path in (CONSOLE / "src").rglob("*.ts") if not path.name.endswith((".test.ts", ".d.ts"))]
# `ask("get", "/v1/…"`, `reading("/v1/…"`, `addressOf("/v1/…"`, `call("post", "/v1/…"`: the compiler checks their paths.
CHECKED = re.compile(r"""\b(?:ask|call)\(\s*[^"]*?"[^"]*"(?: : "[^"]*")?,\s*"/v1/|\b(?:reading|addressOf)\(\s*"/v1/""")


def modules_with(pattern: str) -> list[str]:
    """The modules, below `src`, whose text has the pattern."""
    return sorted(str(path.relative_to(CONSOLE / "src")) for path in SOURCES if re.search(pattern, path.read_text()))


def test_the_types_made_of_the_document_are_not_kept():
    kept = subprocess.run(["git", "ls-files", "src/api"], cwd=CONSOLE, capture_output=True, text=True, check=True).stdout
    assert "src/api/shapes.ts" in kept
    assert "schema.d.ts" not in kept


def test_each_command_that_needs_the_types_makes_them_first():
    scripts = json.loads((CONSOLE / "package.json").read_text())["scripts"]
    assert {name for name, command in scripts.items() if command == "npm run --silent types"} == {
        "predev", "prebuild", "pretypecheck", "pretest", "prelint"
    }  # fmt: skip


def test_one_module_reads_the_types_made_of_the_document():
    assert modules_with(r'from "\./schema"|/schema"') == ["api/shapes.ts"]


def test_strangers_pages_stand_in_sandboxes_one_kind_of_which_runs_scripts_and_nothing_listens_to_them():
    assert modules_with(r"<iframe(?! sandbox=\")") == [] and modules_with(r"<(?:embed|object) ") == []
    assert modules_with(r"<iframe sandbox=\"\"") == ["views/exhibit.ts", "views/result-page.ts"]
    # With `allow-same-origin` it would be of one origin with all others.
    assert modules_with(r"<iframe sandbox=\"allow-scripts\" ") == ["views/result-page.ts"]
    assert modules_with(r"<iframe sandbox=\"(?!allow-scripts\"|\")") == []
    # Tabs of the console tell each other of sessions, by a channel of its own origin.
    assert modules_with(r"\bonmessage\b|(?<!\btabs\.)\baddEventListener\(\s*\"message\"") == []


def test_one_module_calls_the_api_and_one_sends_files_to_storage():
    assert modules_with("openapi-fetch") == ["api/call.ts"]
    assert modules_with(r"(?<![.\w])fetch\(|\b(?:window|globalThis|self)\.fetch\b") == []
    assert modules_with("sendBeacon|EventSource|WebSocket|axios") == []
    assert modules_with("XMLHttpRequest") == ["api/upload.ts"]


def test_every_path_of_the_api_is_one_that_the_compiler_checks():
    for path in SOURCES:
        text = path.read_text()
        assert text.count("/v1/") == len(CHECKED.findall(text)) + text.count('href="/api/v1/openapi.json"'), path.name


def test_what_operating_systems_leave_is_the_list_of_the_command_line_and_runners():
    [written] = re.findall(r"const LITTER = new Set\(\[(.*?)\]\);", (CONSOLE / "src/handing.ts").read_text(), re.DOTALL)
    assert {json.loads(f'"{name}"') for name in re.findall(r'"([^"]+)"', written)} == litter._NAMES


def test_the_linters_go_over_the_console_and_take_no_warning():
    lint = json.loads((CONSOLE / "package.json").read_text())["scripts"]["lint"]
    assert lint.split(" && ") == ["eslint --max-warnings 0 .", "prettier --check --log-level warn ."]
    makefile = (CONSOLE.parent / "Makefile").read_text()
    assert re.search(r"^lint:.*\n(?:\t.*\n)*\t.* lint-console\b", makefile, re.MULTILINE)
    assert re.search(r"^lint-console:\n\t@npm .*run lint\b", makefile, re.MULTILINE)


def test_no_rule_of_a_linter_is_switched_off_in_silence():
    reasoned = re.compile(r"eslint-disable-next-line [\w/@-]+ -- \S")
    for path in SOURCES:
        for line in path.read_text().splitlines():
            is_switched_off = re.search("eslint-disable|@ts-ignore|@ts-nocheck", line)
            assert not is_switched_off or reasoned.search(line), f"{path.name}: {line}"


def test_the_lock_names_no_registry():
    lock = json.loads((CONSOLE / "package-lock.json").read_text())["packages"]
    assert [name for name, package in lock.items() if "resolved" in package] == []
    assert [name for name, package in lock.items() if name and not package.get("link") and "integrity" not in package] == []


def test_every_package_is_named_with_its_exact_version():
    package = json.loads((CONSOLE / "package.json").read_text())
    versions = package["dependencies"] | package["devDependencies"]
    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
