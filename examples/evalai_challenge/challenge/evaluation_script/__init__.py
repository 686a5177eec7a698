from .main import evaluate  # noqa: F401  (EvalAI calls it by this name)
