"""Fits multinomial logistic regressions; using one takes a product and is done by who has it."""

import warnings
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

from spindel_nlu.encoder.weights import Floats

Rows: TypeAlias = Any  # an array of floats, or scipy's csr_matrix, which is untyped


def fitted(rows: Rows, labels: Sequence[Any], freedom: float, rounds: int, **more: Any) -> Floats:
    """Return weights, a column for each label in order, the last row being the bias.

    Args:
        rows: features, shape (examples, numbers).
        labels: what each example is.
        freedom: scikit-learn's C; larger follows the examples more closely.
        rounds: of fitting, at most; stopping early is part of the restraint.
        more: further settings of scikit-learn's LogisticRegression.
    """
    # Slow to import, and only training needs it.
    from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    model = LogisticRegression(C=freedom, max_iter=rounds, **more)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(rows, labels)
    return np.vstack([model.coef_.T, model.intercept_]).astype(np.float32)
