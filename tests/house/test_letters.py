"""No letter lacks its French: each sentence is in the catalogue in both languages, and letters are made of it alone."""

import ast
import re
import string

import pytest

from chalicelib.domain.mail.kinds import KINDS
from chalicelib.domain.mail.sentences import LANGUAGES, SENTENCES
from tests.house.sources import ROOT, sources, tree_of

#: Where stored words become a letter again, and where letters are made of the catalogue.
MAKERS = {"chalicelib/domain/mail/letters.py", "chalicelib/store/mail/outbox.py", "chalicelib/store/mail/mailings.py"}
#: What nothing but a title stands in is the same everywhere.
ALIKE = {"asked.subject", "asked"}


def braces(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("name", SENTENCES)
def test_each_sentence_is_in_every_language_and_puts_in_the_same(name: str) -> None:
    english, *others = (getattr(SENTENCES[name], language) for language in LANGUAGES)
    for other in others:
        assert other.strip() and braces(other) == braces(english)
        assert (other == english) == (name in ALIKE)


def test_each_kind_is_told_of() -> None:
    assert {f"kind.{name}" for name in KINDS} == {name for name in SENTENCES if name.startswith("kind.")}


def test_letters_are_made_of_the_catalogue_alone() -> None:
    made = {
        str(path.relative_to(ROOT))
        for path in sources()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Letter"
    }
    assert {path for path in made if path.startswith("chalicelib/")} == MAKERS


def test_every_sentence_is_used() -> None:
    text = "".join(path.read_text() for path in sources() if "/mail/sentences.py" not in str(path))
    fixed = [name for name in SENTENCES if not name.startswith(("kind.", "asks."))]
    assert [name for name in fixed if not re.search(f"[\"']{re.escape(name.removesuffix('.subject'))}[\"']", text)] == []
