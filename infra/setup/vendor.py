"""Fills the folder that it is given with the locked packages that run on Lambda, without what no function of ours needs."""

import shutil
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).parents[2] / "locks/function.txt"
#: What the functions call. Descriptions of the other 400 services are most of what boto3 weighs.
SERVICES = frozenset({"cognito-idp", "dynamodb", "s3", "sesv2", "sqs", "ssm", "sts"})
#: Lambda's processor, and a glibc that is no newer than that of any of its Pythons.
PLATFORMS = ("manylinux2014_x86_64", "manylinux_2_17_x86_64")
#: What no function reads: commands, a web framework with Swagger's pages, another pydantic, a second copy of time zones,
#: the makers of C bindings, which cryptography needs when it is built, and the tests of a package.
LEFT_OUT = (
    "bin",
    "aws_lambda_powertools/event_handler",
    *(f"aws_lambda_powertools/utilities/{name}" for name in ("batch", "data_classes", "data_masking", "feature_flags")),
    *(f"aws_lambda_powertools/utilities/{name}" for name in ("idempotency", "kafka", "parameters", "parser", "streaming")),
    "pydantic/v1",
    "dateutil/zoneinfo",
    "cffi",
    "pycparser",
    "icalendar/tests",
)


def main(folder: Path) -> None:
    """Fill the folder anew."""
    shutil.rmtree(folder, ignore_errors=True)
    _install(folder)
    for path in LEFT_OUT:
        shutil.rmtree(folder / path)
    for package in ("boto3", "botocore"):
        _leave_out_services(folder / package / "data")
    # What pip needs to take a package away again.
    for record in folder.glob("*.dist-info/RECORD"):
        record.unlink()


def _install(folder: Path) -> None:
    platforms = [f"--platform={platform}" for platform in PLATFORMS]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"]
    # The lock is whole. Without dependencies, pip looks at it alone.
    exact = ["--require-hashes", "--no-deps", "--only-binary=:all:", f"--requirement={LOCK}"]
    subprocess.run([*pip, *exact, *platforms, f"--target={folder}"], check=True)


def _leave_out_services(data: Path) -> None:
    # Its files, beside the folders of services, hold for all of them.
    for service in data.iterdir():
        if service.is_dir() and service.name not in SERVICES:
            shutil.rmtree(service)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
