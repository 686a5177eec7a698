"""Which packages there are, and that examples/ comes along as data of `agon`. All else stands in pyproject.toml."""

from setuptools import find_packages, setup

OURS = ("agon", "runner", "chalicelib")
EXAMPLES = "agon.examples"

setup(
    packages=[*find_packages(include=[*OURS, *(f"{name}.*" for name in OURS)]), EXAMPLES],
    package_dir={EXAMPLES: "examples"},
    package_data={EXAMPLES: ["**/*"]},
    exclude_package_data={"": ["**/__pycache__/*", "*.pyc"]},
)
