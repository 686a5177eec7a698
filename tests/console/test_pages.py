"""A competition's logo and its pages: the bundle's own pictures are drawn, and nothing of a page runs."""

import struct
import zlib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import DeployedStack

from .looking import look
from .reading import measured

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><circle cx="32" cy="32" r="30" fill="teal"/></svg>'
HOSTILE = """\
<h1 onclick="window.ran = 1">Rules</h1>
<script>window.ran = 2</script>
<img src="assets/img/a%20plot.png" alt="A plot" onload="window.ran = 3">
<img src="https://elsewhere.example/pixel.png" alt="A pixel" onerror="window.ran = 4">
<svg><script>window.ran = 5</script></svg>
<iframe src="javascript:parent.ran = 6"></iframe>
<form action="https://elsewhere.example"><input name="password"></form>
<a href="javascript:window.ran = 7">Click</a>
<a href="./assets/rules.txt">The rules as a file</a>
<p style="position: fixed; inset: 0">A cover</p>
"""


def png() -> bytes:
    """A picture of one green point."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\x10\x80\x40")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def illustrated(stack: DeployedStack, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A competition with a logo, a page full of tricks, and files that it shows."""
    manifest = (
        builders.manifest(title="Illustrated")
        .replace("terms:", "image: logo.svg\nterms:")
        .replace("overview.md", "page.html")
    )
    files = {"logo.svg": LOGO, "page.html": HOSTILE, "assets/img/a plot.png": png(), "assets/rules.txt": "Be fair."}
    path = tmp_path_factory.mktemp("bundle") / "illustrated.zip"
    path.write_bytes(builders.bundle({"competition.yaml": manifest, **files}))
    return publish(stack, path)


def publish(stack: DeployedStack, path: Path) -> str:
    with stack.client(ORGANIZER, "organizer") as organizer:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(path, "bundle")["id"])["id"])
        assert done["status"] == "Finished", done["errors"]
        organizer.publish(done["competition"])
    return str(done["competition"])


def is_drawn(image) -> bool:
    expect(image).to_be_visible()
    return bool(measured(image, "async image => (await image.decode(), image.naturalWidth > 0)"))


def test_the_logo_stands_in_the_list_and_above_the_competition(visit, illustrated):
    assert is_drawn(visit("/").get_by_role("listitem").filter(has_text="Illustrated").locator(".logo img"))
    assert is_drawn(visit(f"/c/{illustrated}").locator(".lead .logo img"))


def test_a_competition_without_a_logo_shows_its_first_letter(visit, stack, tmp_path):
    (tmp_path / "plain.zip").write_bytes(builders.bundle(title="Zeta"))
    competition = publish(stack, tmp_path / "plain.zip")
    logo = visit(f"/c/{competition}").locator(".lead .logo")
    expect(logo).to_be_visible()
    expect(logo.locator("img")).to_have_count(0)
    assert measured(logo, "logo => getComputedStyle(logo, '::before').content") == '"Z"'


def test_a_page_draws_the_pictures_of_its_bundle_and_links_to_its_files(visit, illustrated, stack):
    page = visit(f"/c/{illustrated}/pages/0")
    assert is_drawn(page.get_by_role("img", name="A plot"))
    link = page.get_by_role("link", name="The rules as a file")
    address = measured(link, "link => link.href")
    assert page.request.get(address).text() == "Be fair."
    assert urlsplit(address).netloc == urlsplit(stack.api_url).netloc


def test_nothing_of_a_page_runs_covers_the_console_or_reaches_another_site(visit, illustrated):
    page = visit(f"/c/{illustrated}/pages/0")
    prose = page.locator(".prose")
    prose.get_by_role("heading", name="Rules").click()
    prose.get_by_text("Click").click()
    expect(prose.locator("script, iframe, form, input, svg, [style], [onclick], [onload], [onerror]")).to_have_count(0)
    expect(prose.get_by_role("img")).to_have_count(1)
    elsewhere = prose.get_by_role("link", name="Image: A pixel")
    expect(elsewhere).to_have_attribute("href", "https://elsewhere.example/pixel.png")
    assert measured(page, "window.ran") is None


def test_images_may_come_from_the_sites_files_and_from_nowhere_else(visit, stack):
    page = visit("/")
    api = urlsplit(stack.api_url)
    assert is_refused(page, f"http://localhost:{api.port}/pixel.png")
    assert not is_refused(page, f"http://127.0.0.1:{api.port}/pixel.png")


def is_refused(page: Page, address: str) -> bool:
    """Whether the console's content security policy keeps an image from being asked for."""
    return bool(
        measured(
            page,
            f"""new Promise(resolve => {{
                document.addEventListener("securitypolicyviolation", () => resolve(true), {{ once: true }});
                const image = new Image();
                image.onload = image.onerror = () => setTimeout(() => resolve(false), 300);
                image.src = "{address}";
            }})""",
        )
    )


FORMULAS = r"""# How we score

The error is $E = \frac{1}{n}\sum_i |y_i - \hat{y}_i|$, and as a block:

$$\mathrm{RMSE} = \sqrt{\frac{1}{n}\sum_{i=1}^{n}(y_i-\hat y_i)^2}$$

| metric | weight |
| --- | --- |
| accuracy | 0.7 |

First prize is $500, second $200. Use `a_b` and x_1 * y_2 * z.
"""


def test_formulas_of_a_page_are_set_as_mathematics_and_prices_are_not(visit, stack, tmp_path):
    path = tmp_path / "formulas.zip"
    path.write_bytes(builders.bundle({"overview.md": FORMULAS}, title="Formulas"))
    place = f"/c/{publish(stack, path)}/pages/0"
    refused: list[str] = []
    page = visit(place)
    page.on("console", lambda message: refused.append(message.text))
    page.reload()
    # Several answers at once have the stack start as many processes.
    expect(page.locator("math")).to_have_count(2)
    assert measured(page.locator("math").first, "math => math.getBoundingClientRect().height") > 20
    expect(page.locator(".prose")).to_contain_text("First prize is $500, second $200. Use a_b and x_1 * y_2 * z.")
    look(page, "formulas")
    assert refused == []


CODE = (
    """# Contents

[Down to how it is run](#how-it-is-run)

```python
# Reads what was handed in.
def run(path: str) -> float:
    return float(open(f"{path}/x").read()) * 1.5 if path else None
```

```yaml
title: Iris  # shown above
ids: [1, "two"]
```

```diff
- old
+ new
```

```console
$ agon submit iris predictions.csv --wait
```
"""
    + "\n".join(f"\nLine {number}." for number in range(60))
    + "\n\n## How it is run\n\nIn containers.\n"
)


def test_code_of_a_page_is_in_colours_that_can_be_read_and_links_lead_to_its_headings(visit, stack, tmp_path):
    path = tmp_path / "code.zip"
    path.write_bytes(builders.bundle({"overview.md": CODE}, title="Code"))
    page = visit(f"/c/{publish(stack, path)}/pages/0")
    expect(page.locator("code .hljs-deletion")).to_have_text("- old")
    kinds = [page.locator(f"code .hljs-{kind}").first for kind in ("comment", "keyword", "string", "number", "title")]
    body = measured(page.locator(".prose"), "one => getComputedStyle(one).color")
    colours = {measured(one, "one => getComputedStyle(one).color") for one in kinds}
    assert len(colours) == len(kinds) and body not in colours
    look(page, "code")
    heading = page.get_by_role("heading", name="How it is run")
    expect(heading).not_to_be_in_viewport()
    page.get_by_role("link", name="Down to how it is run").press("Enter")
    expect(heading).to_be_in_viewport()
    expect(heading).to_be_focused()
    page.reload()
    expect(heading).to_be_in_viewport()
