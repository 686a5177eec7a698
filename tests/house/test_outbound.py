"""The door to addresses that people gave: no other module of the backend opens a connection by itself."""

import ast

from tests.house.sources import ROOT, module_of, sources, tree_of

#: What opens connections, or is made of what does. boto3 knows the addresses of AWS alone.
CONNECTING = {"socket", "ssl", "http.client", "urllib.request", "ftplib", "smtplib", "asyncio", "aiohttp"}
CONNECTING |= {"httpx", "requests", "urllib3", "websocket", "websockets", "socketserver", "telnetlib"}


def imported(tree: ast.AST) -> set[str]:
    nodes = list(ast.walk(tree))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return names | {node.module for node in froms} | {f"{node.module}.{one.name}" for node in froms for one in node.names}


def test_only_the_door_opens_connections() -> None:
    backend = [path for path in sources() if path.is_relative_to(ROOT / "chalicelib")]
    opening = {module_of(path) for path in backend if CONNECTING & imported(tree_of(path))}
    # The one asks on connections that botocore has opened, and reads answers by Python's words for them.
    assert opening - {"chalicelib.at_once"} == {"chalicelib.outbound"}
    asking = imported(tree_of(ROOT / "chalicelib/at_once.py"))
    http, tls = ({name for name in asking if name.startswith(f"{module}.")} for module in ("http.client", "ssl"))
    assert (http, tls) == ({"http.client.HTTPException", "http.client.HTTPResponse"}, {"ssl.SSLError"})


def test_the_door_is_open_for_webhooks_and_lists_of_other_sites_alone() -> None:
    backend = [path for path in sources() if path.is_relative_to(ROOT / "chalicelib")]
    through = {module_of(path) for path in backend if "chalicelib.outbound" in imported(tree_of(path))}
    webhooks = {"chalicelib.actions.webhooks.managing", "chalicelib.actions.webhooks.delivering"}
    assert through == webhooks | {"chalicelib.actions.discovery.federation"}
