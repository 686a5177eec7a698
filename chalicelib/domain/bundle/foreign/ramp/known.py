"""The score types and workflows of ramp-workflow 0.7 that `problem.py` makes by a call (OTHERS 2.1)."""

#: Of each class: the name that a score has without one, its decimals, and whether less is better.
SCORE_TYPES = {
    "Accuracy": ("accuracy", 2, False),
    "BalancedAccuracy": ("balanced_accuracy", 2, False),
    "BrierScore": ("brier_score", 3, True),
    "BrierScoreReliability": ("brier_score", 3, True),
    "BrierScoreResolution": ("brier_score", 3, False),
    "BrierSkillScore": ("brier_score", 3, False),
    "ClassificationError": ("classification error", 2, True),
    "ClusteringEfficiency": ("clustering_efficiency", 2, False),
    "DetectionAveragePrecision": ("average_precision", 3, False),
    "DetectionPrecision": ("precision", 3, False),
    "DetectionRecall": ("recall", 3, False),
    "F1Above": ("f1_above", 2, False),
    "MADCenter": ("mad_center", 3, True),
    "MADRadius": ("mad_radius", 3, True),
    "MARE": ("mare", 2, True),
    "MacroAveragedRecall": ("accuracy", 2, False),
    "NegativeLogLikelihood": ("negative log likelihood", 2, True),
    "NormalizedGini": ("normalized_gini", 2, False),
    "NormalizedRMSE": ("rmse", 2, True),
    "OSPA": ("ospa", 3, True),
    "ROCAUC": ("roc_auc", 2, False),
    "RMSE": ("rmse", 2, True),
    "RelativeRMSE": ("rmse", 2, True),
    "SCP": ("scp", 3, True),
    "SoftAccuracy": ("soft precision", 2, False),
}
#: Those whose first argument is no name, with the place at which it stands.
NAME_AT = {"SCP": 1, "SoftAccuracy": 1, "Combined": 2}
COMBINED, OF_COMBINED = "Combined", "MakeCombined"
COMBINED_NAME, COMBINED_PRECISION = "combined", 2
#: Of each workflow: what a submission consists of. A name without a suffix is that of a Python file.
ELEMENTS = {
    "AirPassengers": ("feature_extractor", "regressor", "external_data.csv"),
    "Classifier": ("classifier",),
    "Clusterer": ("clusterer",),
    "DrugSpectra": ("feature_extractor_clf", "classifier", "feature_extractor_reg", "regressor"),
    "ElNino": ("ts_feature_extractor", "regressor"),
    "Estimator": ("estimator",),
    "EstimatorExternalData": ("estimator", "external_data.csv"),
    "FeatureExtractor": ("feature_extractor",),
    "FeatureExtractorClassifier": ("feature_extractor", "classifier"),
    "FeatureExtractorRegressor": ("feature_extractor", "regressor"),
    "GridFeatureExtractorClassifier": ("feature_extractor", "classifier"),
    "ImageClassifier": ("image_preprocessor", "batch_classifier"),
    "ObjectDetector": ("object_detector",),
    "Regressor": ("regressor",),
    "SimplifiedImageClassifier": ("image_classifier",),
    "TimeSeriesFeatureExtractor": ("ts_feature_extractor",),
}
