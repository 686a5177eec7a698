"""The page that shows a participant which species were mistaken for which. Self-contained: no script, no network."""

from html import escape

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
.scores { display: flex; gap: 3rem; margin: 1rem 0 2rem; }
.scores dt { opacity: .75; }
.scores dd { margin: 0; font-size: 2rem; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; }
caption { text-align: left; margin-bottom: .5rem; }
th, td { padding: .5rem 1rem; border: 1px solid #8886; text-align: right; font-variant-numeric: tabular-nums; }
th { font-weight: 600; }
.right { background: #2e7d3233; font-weight: 600; }
.wrong { background: #c6282833; }
"""


def page(scores: dict, counts: dict, species: tuple, problems: list) -> str:
    """HTML of the scores, the confusion matrix and the problems. What participants wrote is escaped."""
    figures = "".join(
        f"<div><dt>{key.replace('_', ' ').capitalize()}</dt><dd>{value:.4f}</dd></div>" for key, value in scores.items()
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Detailed results</title>'
        f"<style>{STYLE}</style></head>\n<body>\n<h1>Detailed results</h1>\n"
        f'<dl class="scores">{figures}</dl>\n{_matrix(counts, species)}\n{_list(problems)}</body>\n</html>\n'
    )


def _matrix(counts: dict, species: tuple) -> str:
    predicted = (*species, None)
    header = "".join(f'<th scope="col">{name or "nothing usable"}</th>' for name in predicted)
    rows = "".join(_row(true, [(name, counts.get((true, name), 0)) for name in predicted]) for true in species)
    caption = "<caption>Each row is the flowers of one species, by what was predicted for them.</caption>"
    return f'<table>{caption}<thead><tr><th scope="col">species</th>{header}</tr></thead><tbody>{rows}</tbody></table>'


def _row(true: str, counted: list) -> str:
    cells = "".join(_cell(count, name == true) for name, count in counted)
    return f'<tr><th scope="row">{true}</th>{cells}</tr>'


def _cell(count: int, is_right: bool) -> str:
    kind = "" if count == 0 else ' class="right"' if is_right else ' class="wrong"'
    return f"<td{kind}>{count}</td>"


def _list(problems: list) -> str:
    if not problems:
        return ""
    items = "".join(f"<li>{escape(problem)}</li>" for problem in problems)
    return f"<h2>What could not be used</h2>\n<ul>{items}</ul>\n"
