"""What `python -m benchmarks.console --codabench` measures, on a small site that is built as a Codabench's pages are."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

from benchmarks import codabench_pages

ROWS = 200
PAGE = """<!doctype html><title>Iris</title><h1>Iris</h1><script src="/static/ours.js"></script>
<table id="leaderboardTable"><thead><tr><th>#</th><th>Participant</th></tr></thead><tbody></tbody></table>"""
SCRIPT = """
addEventListener("DOMContentLoaded", async () => {
  if (!location.pathname.startsWith("/competitions/")) return;
  await fetch("/api/competitions/7/");
  if (location.hash !== "#/results-tab") return;
  const board = await (await fetch("/api/phases/3/get_leaderboard/")).json();
  const [head, body] = [document.querySelector("thead tr"), document.querySelector("tbody")];
  const columns = board.tasks.flatMap((task) => task.columns.map((column) => ({ ...column, task_id: task.id })));
  for (const { title } of columns) head.append(Object.assign(document.createElement("th"), { textContent: title }));
  board.submissions.forEach((one, at) => {
    const row = body.insertRow();
    const scores = columns.map((column) =>
      one.scores.find((score) => score.task_id === column.task_id && score.column_key === column.key).score);
    for (const word of [at + 1, one.owner, ...scores]) row.insertCell().textContent = word;
  });
  head.cells[2].onclick = () => body.append(...[...body.rows].reverse());
});
"""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a competition's page there."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, content = ("text/javascript", SCRIPT) if self.path.endswith(".js") else ("text/html", PAGE)
            if self.path.startswith("/api/"):
                kind, content = "application/json", "{}"
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_: object) -> None:
            """Nothing is told."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/competitions/7/"
    server.shutdown()
    server.server_close()


def test_its_scripts_paints_calls_and_board_are_measured(browser: Browser, site: str) -> None:
    found = codabench_pages.figures(browser, site, ROWS, visits=1)
    assert 0 < found["scripts"] < 1.5
    assert found["calls"] == 1
    assert all(0 < found[name] < 60 for name in ("home", "competition"))
    assert all(found[name] > 0 for name in ("sort", "scroll"))
