"""What each of the processes that run the tests does before the first of them: it imports them all."""

import pytest

from tests.conftest import COLLECTED

#: What takes a second of computing to import, by what it is needed for.
DEAR = {
    "rfc3987_syntax": "jsonschema",
    "samtranslator.translator.translator": "docs/limits.md",
    "scipy": "kits of RAMP",
    "sklearn": "kits of RAMP",
    "pandas": "metrics of Kaggle",
    "cfnlint": "templates",
}


@pytest.mark.parametrize("module", DEAR)
def test_what_is_dear_is_imported_by_the_tests_that_need_it_and_not_while_all_are_collected(
    pytestconfig: pytest.Config, module: str
) -> None:
    assert module not in pytestconfig.stash[COLLECTED], f"Import {module} ({DEAR[module]}) within a function."
