"""Scores of what several folds predict together: the mean of those that have a point."""

import numpy as np


def get_score_cv_bags(score_type, predictions_list, ground_truths, test_is_list=None):
    kind, truth, found, scores = type(ground_truths), ground_truths.y_pred, [], []
    for number, one in enumerate(predictions_list):
        row = np.full(len(truth), np.nan)
        row[slice(None) if test_is_list is None else test_is_list[number]] = one.y_pred
        found.append(row)
        has_any = ~np.isnan(found).all(axis=0)
        bagged = kind(y_pred=np.nanmean(np.array(found)[:, has_any], axis=0))
        scores.append(score_type.score_function(kind(y_true=truth[has_any]), bagged))
    return bagged, scores
