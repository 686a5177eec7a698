"""The environment of programs that tests begin."""

import os
import tempfile

#: Bytecode is kept from run to run: pandas takes a second to be compiled, and not every environment has it so.
COMPILED = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{tempfile.gettempdir()}/agon-adapters"}
