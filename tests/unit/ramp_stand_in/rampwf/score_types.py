"""Scores of one number a point."""

import numpy as np


class BaseScoreType:
    def score_function(self, ground_truths, predictions):
        return self(ground_truths.y_pred, predictions.y_pred)


class RMSE(BaseScoreType):
    is_lower_the_better = True
    minimum, maximum = 0.0, float("inf")

    def __init__(self, name="rmse", precision=2):
        self.name, self.precision = name, precision

    def __call__(self, y_true, y_pred):
        return np.sqrt(np.mean((y_true - y_pred) ** 2))


class MARE(RMSE):
    def __init__(self, name="mare", precision=2):
        super().__init__(name, precision)

    def __call__(self, y_true, y_pred):
        return np.mean(np.abs(y_true - y_pred) / np.abs(y_true))
