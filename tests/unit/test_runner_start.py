"""The runner's program, before it has read anything."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("missing", ["docker", "requests"])
def test_without_what_the_extra_brings_the_runner_says_in_a_sentence_how_to_get_it(missing):
    script = f"import sys, runpy; sys.modules[{missing!r}] = None; runpy.run_module('runner', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", script, "check"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    told = f"The runner needs {missing}. Install it with what it needs: pip install 'agon-competitions[runner] @ WHEEL', "
    assert done.stderr == told + "where WHEEL is the address that your site's administrator tells.\n"
