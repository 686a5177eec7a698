"""Stand-ins for a logo and terms, in the dump of a competition that lacks them.

Codabench's import refuses a bundle without either (FORMATS 1.2). The reader knows them by their paths, and takes neither for
the competition's own.
"""

import base64
from collections.abc import Mapping

_LOGO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAAAAACPAi4CAAAAKklEQVR42u3MQREAAAwCIPtHMK0h9ttBANKjCAQCgUAgEAgEAoFAIPgeDKWIoIg1hOLsAAAAAElFTkSuQmCC"
)
#: By the manifest's key: the path, and what is there: a gray square, and a sentence that says that there are none.
STAND_INS: Mapping[str, tuple[str, bytes]] = {
    "image": ("stand_ins/logo.png", _LOGO),
    "terms": ("stand_ins/terms.md", b"This competition has no terms of its own.\n"),
}
PATHS = frozenset(path for path, _ in STAND_INS.values())
