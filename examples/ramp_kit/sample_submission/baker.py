import numpy as np


class Baker:
    """The logarithm of minutes is a plane over degrees and the logarithm of yeast."""

    def fit(self, X, y):
        self.plane, *_ = np.linalg.lstsq(self.features(X), np.log(y), rcond=None)

    def predict(self, X):
        return np.exp(self.features(X) @ self.plane)

    def features(self, X):
        return np.column_stack([np.ones(len(X)), X[:, 0], np.log(X[:, 1])])
