"""The workflow whose submissions have an estimator.py."""

import importlib.util
import os


class Estimator:
    element_names = ["estimator"]

    def train_submission(self, module_path, X, y, train_is=None):
        path = os.path.join(module_path, "estimator.py")
        spec = importlib.util.spec_from_file_location("estimator", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.get_estimator().fit(X[train_is], y[train_is])

    def test_submission(self, estimator_fitted, X):
        return estimator_fitted.predict(X)
