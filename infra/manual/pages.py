"""What MkDocs is told beside its settings: pages that lie outside docs/, decisions in their order, and no scripts in pages.

The manual is served with the console's policy, which lets no script run that stands in a page itself.
"""

import hashlib
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/README.md"))
#: (page of the manual, file of the repository).
OUTSIDE = {
    "contributing.md": "CONTRIBUTING.md",
    "security.md": "SECURITY.md",
    "changelog.md": "CHANGELOG.md",
    "examples/index.md": "examples/README.md",
    **{f"examples/{name}.md": f"examples/{name}/README.md" for name in TEMPLATES},
    "images/logo.svg": "console/public/mark.svg",
    "manual.css": "infra/manual/manual.css",
}
#: Where links of those lead, in the manual.
_LINKS = {
    "../examples/README.md": "examples/index.md",
    "../SECURITY.md": "security.md",
    "../CONTRIBUTING.md": "contributing.md",
    "../CHANGELOG.md": "changelog.md",
    "LICENSE": "https://www.apache.org/licenses/LICENSE-2.0",
    **{name: f"{name}.md" for name in TEMPLATES},
    **{f"{name}/README.md": f"{name}.md" for name in TEMPLATES},
    **{f"../examples/{name}/README.md": f"examples/{name}.md" for name in TEMPLATES},
    **{f"{up}docs/coming-from-evalai-and-kaggle.md": "../coming-from-evalai-and-kaggle.md" for up in ("../", "../../")},
    **{f"{up}docs/coming-from-ramp.md": "../coming-from-ramp.md" for up in ("../", "../../")},
}
_LINK = re.compile(r"\]\(([^)#\s]+)")
_SCRIPT = re.compile(r"<script>(.+?)</script>", re.DOTALL)
#: How Markdown's tables say that a column is on the right.
_RIGHT = (' style="text-align: right;"', ' class="right"')
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Every decision has its place, in the order of their numbers."""
    decisions = [f"adr/{path.name}" for path in sorted((ROOT / "docs/adr").glob("*.md"))]
    for section in config.nav or ():
        for entry in next(iter(section.values())) if isinstance(section, dict) else ():
            if "Decisions" in entry:
                entry["Decisions"] = decisions
            if "Templates" in entry:
                entry["Templates"] = ["examples/index.md", *(f"examples/{name}.md" for name in TEMPLATES)]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take in what lies elsewhere."""
    for page, path in OUTSIDE.items():
        files.append(File.generated(config, page, content=_text(path)))
    return files


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Put each script of a page into a file of its own, state the policy, and name what the theme left without a name."""

    def moved(found: re.Match[str]) -> str:
        name = f"assets/{hashlib.sha256(found[1].encode()).hexdigest()[:12]}.js"
        place = Path(config.site_dir) / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(found[1])
        return f'<script src="{"../" * page.url.count("/")}{name}"></script>'

    stated = f'<head><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    named = output.replace('role="dialog"', 'role="dialog" aria-label="Search"', 1)
    return _SCRIPT.sub(moved, named).replace("<head>", stated, 1).replace(*_RIGHT)


def on_post_build(config: MkDocsConfig) -> None:
    """Leave out what nobody loads: maps of sources, words of languages that no page is in, and what a server would show."""
    site = Path(config.site_dir)
    for unused in ("assets/**/*.map", "assets/javascripts/lunr/**/*.js", "sitemap*", "404.html"):
        for path in site.glob(unused):
            path.unlink()


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Have links between the repository's files lead to the manual's pages."""

    def led(found: re.Match[str]) -> str:
        link = found[1].removeprefix("docs/") if page.file.src_uri in OUTSIDE else found[1]
        return f"]({_LINKS.get(link, link)}"

    return _LINK.sub(led, markdown)


def _text(path: str) -> str:
    return (ROOT / path).read_text("utf-8")
