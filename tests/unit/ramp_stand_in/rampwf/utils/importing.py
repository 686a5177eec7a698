"""Modules of submissions by their paths."""

import importlib.util


def import_module_from_source(source, name, sanitize=False):
    spec = importlib.util.spec_from_file_location(name, source)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
