"""`python -m runner run`, `check` and `systemd`."""

import ctypes
import logging
import sys
from collections.abc import Sequence
from contextlib import suppress

from chalicelib.contract import correlation, texts
from chalicelib.contract.version import VERSION, how_to_install

try:
    from runner import check, config, systemd
    from runner.daemon import FAILED, REFUSED, Daemon
    from runner.errors import Incompatible, Refused, Unable
except ModuleNotFoundError as error:
    # The package brings this program along, also where only the command line was asked for.
    lacking = str(error.name).partition(".")[0]
    print(f"The runner needs {lacking}. Install it with what it needs: {how_to_install('runner')}.", file=sys.stderr)
    sys.exit(2)

logger = logging.getLogger(__name__)

#: M_ARENA_MAX of mallopt(3).
_MOST_HEAPS = -8


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the process's exit code: 0 done, 1 this machine cannot, 2 a human must change something."""
    try:
        settings = config.read(arguments)
    except config.BadConfig as error:
        print(error, file=sys.stderr)
        return REFUSED
    if settings.command == "systemd":
        print(systemd.unit(settings), end="")
        return 0
    if settings.command == "check":
        return check.run(settings)
    return _run(settings)


def _run(settings: config.Config) -> int:
    _log_plainly()
    _take_little_memory()
    daemon = Daemon(settings)
    daemon.handle_signals()
    logger.info("Runner %s %s starts, in %s.", settings.name, VERSION, settings.home)
    try:
        return daemon.run()
    except Incompatible as error:
        logger.error("%s", error)
        return REFUSED
    except Refused as error:
        logger.error("The API refuses this runner: %s Check AGON_API and the runner token.", error)
        return REFUSED
    except Unable as error:
        logger.error("%s", error)
        return FAILED


def _take_little_memory() -> None:
    """Else each of many threads that mostly wait keeps a heap of its own. Where the C library is another, it is as it is."""
    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(_MOST_HEAPS, 2)


class _Plain(logging.Formatter):
    """Names of images and an engine's words are strangers', and an operator reads them on a terminal. What is done for
    somebody's request ends with its id."""

    def format(self, record: logging.LogRecord) -> str:
        record.request = f" [{correlation.current()}]" if correlation.current() else ""
        return texts.plain(super().format(record))


def _log_plainly() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(_Plain("%(asctime)s %(levelname)-7s %(message)s%(request)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    # These log every request with its URL, and a URL here carries a signature.
    for name in ("urllib3", "docker"):
        logging.getLogger(name).setLevel(logging.WARNING)


if __name__ == "__main__":
    sys.exit(main())
