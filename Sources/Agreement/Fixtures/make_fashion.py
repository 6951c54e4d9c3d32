#!/usr/bin/env python3
"""A run of gradient descent on Fashion-MNIST by NumPy in double precision, for the study and the tests.

    python3 Sources/Agreement/Fixtures/make_fashion.py [FOLDER]

Needs NumPy (made with 2.4.6) and the files of Debian's package dataset-fashion-mnist, by default those in
/usr/share/datasets/fashion-mnist. Writes fashion.json beside itself: J, w and b after 500 steps from zero,
on the 12 000 training images of the classes 0 (T-shirt) and 6 (shirt), pixels divided by 255. Each value is
stored as [value, 0], as those with more digits are. The learning rate is less than 2/L = 0.0542, so that no
rounding error is amplified from step to step.
"""
import gzip
import json
import pathlib
import sys

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
STEPS, RATE, NEGATIVE, POSITIVE = 500, 0.05, 0, 6


def read(folder, kind):
    """X, a sample in each row, and Y."""
    with gzip.open(folder / f"{kind}-labels-idx1-ubyte.gz") as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8)
    with gzip.open(folder / f"{kind}-images-idx3-ubyte.gz") as file:
        images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(len(labels), -1)
    chosen = (labels == NEGATIVE) | (labels == POSITIVE)
    return images[chosen] / 255, (labels[chosen] == POSITIVE).astype(float)


def checksum(x):
    """FNV-1a over the 64-bit patterns of all values, sample after sample, one pattern at a time."""
    h = 0xCBF29CE484222325
    for pattern in x.view(np.uint64).ravel().tolist():
        h = ((h ^ pattern) * 0x100000001B3) & (2**64 - 1)
    return f"{h:016x}"


def descend(x, y):
    """J, w and b after all steps."""
    w, b = np.zeros(x.shape[1]), 0.0
    for step in range(STEPS + 1):
        z = x @ w + b
        e = np.exp(-np.abs(z))
        if step == STEPS:
            return np.mean(np.maximum((1 - 2 * y) * z, 0) + np.log1p(e)), w, b
        dz = np.where(z >= 0, 1, e) / (1 + e) - y
        w, b = w - RATE * (x.T @ dz) / len(y), b - RATE * dz.mean()


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/datasets/fashion-mnist")
    x, y = read(folder, "train")
    J, w, b = descend(x, y)
    run = {"scalar": "double", "steps": STEPS, "learningRate": RATE, "m": x.shape[0], "nx": x.shape[1],
           "checksum": checksum(x), "J": [float(J), 0.0], "w": [[v, 0.0] for v in w.tolist()], "b": [float(b), 0.0]}
    (HERE / "fashion.json").write_text(json.dumps([run], separators=(",", ":")) + "\n")
    test_x, test_y = read(folder, "t10k")
    print(f"J = {J:.17g}, accuracy on the test files: {np.mean((test_x @ w + b >= 0) == test_y)}")
