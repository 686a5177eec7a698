"""The page with the details: what was said against what came. One HTML file, without scripts and without the network."""

from html import escape

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .4rem .8rem; border-bottom: 1px solid #8886; text-align: right; font-variant-numeric: tabular-nums; }
th:first-child { text-align: left; }
.bar { width: 40%; text-align: left; }
.bar div { height: .6rem; margin: .15rem 0; border-radius: .3rem; }
.said { background: #5b8def; }
.came { background: #e0a030; }
"""


def page(scores: dict, bins: list, left_out: list) -> str:
    """HTML of the scores, and for each fifth a bar for what was said and one for what came."""
    figures = "".join(f"<tr><th>{escape(key.replace('_', ' '))}</th><td>{value}</td></tr>" for key, value in scores.items())
    rows = "".join(_row(number, *values) for number, values in enumerate(bins))
    missing = f"<p>Days without a probability: {escape(', '.join(left_out))}</p>" if left_out else ""
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Detailed results</title><style>{STYLE}'
        f"</style></head>\n<body>\n<h1>Detailed results</h1>\n<table>{figures}</table>\n{missing}"
        "<h2>What you said, and what came</h2>\n<table><thead><tr><th>Probability</th><th>Days</th><th>You said</th>"
        f'<th>It rained</th><th class="bar"></th></tr></thead><tbody>{rows}</tbody></table>\n</body>\n</html>\n'
    )


def _row(number: int, count: int, said: float, came: float) -> str:
    head = f"<th>{number * 20} to {number * 20 + 20} %</th><td>{count}</td>"
    if not count:
        return f'<tr>{head}<td>–</td><td>–</td><td class="bar"></td></tr>'
    bars = "".join(
        f'<div class="{kind}" style="width:{100 * share:.0f}%"></div>' for kind, share in (("said", said), ("came", came))
    )
    return f'<tr>{head}<td>{100 * said:.0f} %</td><td>{100 * came:.0f} %</td><td class="bar">{bars}</td></tr>'
