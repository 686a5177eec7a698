import csv
import os

import numpy as np
import rampwf as rw
from rampwf.utils.importing import import_module_from_source

problem_title = "Rising bread"
Predictions = rw.prediction_types.make_regression()
score_types = [
    rw.score_types.RMSE(name="rmse", precision=1),
    rw.score_types.MARE(name="relative error", precision=3),
]


class Baking:
    """A submission is a baker.py, whose `Baker` learns by `fit` and says minutes by `predict`."""

    element_names = ["baker"]

    def train_submission(self, module_path, X, y, train_is=None):
        train_is = slice(None) if train_is is None else train_is
        module = import_module_from_source(os.path.join(module_path, "baker.py"), "baker", sanitize=True)
        baker = module.Baker()
        baker.fit(X[train_is], y[train_is])
        return baker

    def test_submission(self, baker, X):
        return baker.predict(X)


workflow = Baking()


def get_cv(X, y):
    """Three folds: each loaf is held out once."""
    fold = np.arange(len(y)) % 3
    return [(np.flatnonzero(fold != number), np.flatnonzero(fold == number)) for number in range(3)]


def _read_data(path, name):
    with open(os.path.join(path, "data", name)) as table:
        rows = list(csv.DictReader(table))
    X = np.array([[float(row["degrees"]), float(row["grams_of_yeast"])] for row in rows])
    return X, np.array([float(row["minutes"]) for row in rows])


def get_train_data(path="."):
    return _read_data(path, "train.csv")


def get_test_data(path="."):
    return _read_data(path, "test.csv")
