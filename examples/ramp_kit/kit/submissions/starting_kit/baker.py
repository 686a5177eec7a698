import numpy as np


class Baker:
    """Every loaf takes as long as the mean of those that were seen."""

    def fit(self, X, y):
        self.minutes = y.mean()

    def predict(self, X):
        return np.full(len(X), self.minutes)
