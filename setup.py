"""Which packages there are, and that examples/ comes along as data of `agon`. All else stands in pyproject.toml."""

from pathlib import Path

from setuptools import find_packages, setup

OURS = ("agon", "runner", "chalicelib")
EXAMPLES = "agon.examples"
# The runner's image is made without them.
TEMPLATES = [EXAMPLES] if Path("examples").is_dir() else []

setup(
    packages=[*find_packages(include=[*OURS, *(f"{name}.*" for name in OURS)]), *TEMPLATES],
    package_dir={EXAMPLES: "examples"},
    package_data={EXAMPLES: ["**/*"]},
    exclude_package_data={"": ["**/__pycache__/*", "*.pyc"]},
)
