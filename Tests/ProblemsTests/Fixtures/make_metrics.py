#!/usr/bin/env python3
"""Measures of classification computed by scikit-learn, for the tests.

    python3 Tests/ProblemsTests/Fixtures/make_metrics.py

Needs NumPy and scikit-learn (made with 2.4.6 and 1.9.1) and writes metrics.json beside itself. The values
z are rounded to short decimals, so that they are the same Doubles everywhere. The last case is the
Wisconsin data, standardized, after 1000 steps of gradient descent with learning rate 0.1 in NumPy: its z
are left out, since the tests compute them; it has w and b instead.
"""
import json
import pathlib

import numpy as np
from sklearn import metrics

HERE = pathlib.Path(__file__).resolve().parent
WISCONSIN = HERE.parents[2] / "Benchmarks" / "unlooped" / "Data" / "wdbc.csv"


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def measures(z, y):
    a = sigmoid(z)
    predicted = (a >= 0.5).astype(int)
    matrix = metrics.confusion_matrix(y, predicted, labels=[0, 1])
    return {
        "trueNegatives": int(matrix[0, 0]), "falsePositives": int(matrix[0, 1]),
        "falseNegatives": int(matrix[1, 0]), "truePositives": int(matrix[1, 1]),
        "accuracy": float(metrics.accuracy_score(y, predicted)),
        "precision": float(metrics.precision_score(y, predicted)),
        "recall": float(metrics.recall_score(y, predicted)), "f1": float(metrics.f1_score(y, predicted)),
        "logLoss": float(metrics.log_loss(y, a, labels=[0, 1])),
        "rocAUC": float(metrics.roc_auc_score(y, a))}


def case(name, z, y):
    z = np.array([float(f"{v:.6g}") for v in z])
    return {"name": name, "z": z.tolist(), "y": [int(v) for v in y], "measures": measures(z, y)}


def wisconsin():
    table = np.loadtxt(WISCONSIN, delimiter=",", skiprows=1)
    x, y = table[:, :-1], table[:, -1]
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(1000):
        dz = sigmoid(x @ w + b) - y
        w, b = w - 0.1 * (x.T @ dz) / len(y), b - 0.1 * dz.mean()
    return {"name": "wisconsin", "z": [], "y": [], "measures": measures(x @ w + b, y), "w": w.tolist(), "b": float(b)}


if __name__ == "__main__":
    rng = np.random.default_rng(20130607)
    y = rng.integers(0, 2, 80)
    few = (rng.random(90) < 0.08).astype(int)
    cases = [
        case("apart", 4 * y - 2 + rng.normal(0, 1, 80), y),
        case("mixed", rng.normal(0, 2, 80), y),
        case("ties", np.round(y + rng.normal(0, 1.5, 80)), y),
        case("two values", np.where(rng.random(80) < 0.5, 1.5, -0.5), y),
        case("all the same", np.full(80, 0.25), y),
        case("few positives", 3 * few - 2 + rng.normal(0, 1.2, 90), few),
        case("no mistake", 6.0 * y - 3, y),
        case("all wrong", 3 - 6.0 * y, y),
        case("far out", np.where(y == 1, 1, -1) * rng.uniform(5, 700, 80), y),
        wisconsin()]
    (HERE / "metrics.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
