"""The page with the details: a chart of each voyage. One HTML file, without scripts and without the network."""

FIELD = 14
STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
.voyages { display: flex; flex-wrap: wrap; gap: 1rem; }
figure { margin: 0; }
figcaption { font-size: .85rem; font-variant-numeric: tabular-nums; }
.water { fill: #8ecae633; } .rock { fill: #6c757d; } .harbour { fill: #2e9e5b; } .start { fill: #fb8500; }
.way { fill: none; stroke: #fb8500; stroke-width: 2; stroke-linejoin: round; }
"""


def page(map: list, voyages: list, scores: dict) -> str:
    """HTML of the scores and all voyages. The lake is drawn once, and each chart refers to it."""
    size = len(map) * FIELD
    charts = "".join(_figure(size, number, voyage) for number, voyage in enumerate(voyages, start=1))
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Voyages</title>'
        f"<style>{STYLE}</style></head>\n"
        f"<body>\n<h1>Voyages</h1>\n<p>Mean return {scores['mean_return']:.2f}. "
        f"{100 * scores['arrived']:.0f} % arrived.</p>\n"
        f'<svg width="0" height="0" aria-hidden="true"><defs><g id="lake">{_lake(map)}</g></defs></svg>\n'
        f'<div class="voyages">{charts}</div>\n</body>\n</html>\n'
    )


def _lake(map: list) -> str:
    kinds = {".": "water", "#": "rock", "H": "harbour"}
    return "".join(
        f'<rect class="{kinds[kind]}" x="{x * FIELD}" y="{y * FIELD}" width="{FIELD - 1}" height="{FIELD - 1}"/>'
        for y, row in enumerate(map)
        for x, kind in enumerate(row)
    )


def _figure(size: int, number: int, voyage: dict) -> str:
    points = [(column * FIELD + FIELD // 2, row * FIELD + FIELD // 2) for row, column in voyage["way"]]
    way = f'<polyline class="way" points="{" ".join(f"{x},{y}" for x, y in points)}"/>'
    start = f'<circle class="start" cx="{points[0][0]}" cy="{points[0][1]}" r="4"/>'
    end = "arrived" if voyage["arrived"] else "still at sea"
    caption = f"<figcaption>{number}: {voyage['return']:.0f}, {end}</figcaption>"
    return f'<figure><svg width="{size}" height="{size}" role="img"><use href="#lake"/>{way}{start}</svg>{caption}</figure>'
