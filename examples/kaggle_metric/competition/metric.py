"""Root mean squared logarithmic error, as a metric on Kaggle is written."""

import numpy as np
import pandas as pd


class ParticipantVisibleError(Exception):
    """Its message is shown to participants."""


def score(solution: pd.DataFrame, submission: pd.DataFrame, row_id_column_name: str, target: str = "minutes") -> float:
    """The error of the predicted minutes: 0 is right, and a factor counts alike for long and short ones."""
    del solution[row_id_column_name]
    del submission[row_id_column_name]
    if target not in submission.columns:
        raise ParticipantVisibleError(f"There is no column {target}.")
    if not pd.api.types.is_numeric_dtype(submission[target]):
        raise ParticipantVisibleError("Minutes are numbers.")
    if (submission[target] < 0).any():
        raise ParticipantVisibleError("No kettle boils before it is switched on: minutes are not negative.")
    difference = np.log1p(submission[target]) - np.log1p(solution[target])
    return float(np.sqrt((difference**2).mean()))
