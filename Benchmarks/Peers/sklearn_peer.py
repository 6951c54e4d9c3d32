"""scikit-learn: the loss and gradient that its LogisticRegression hands to its solvers.

The solvers themselves (lbfgs, newton-cg, …) do other steps than gradient descent, so this takes the function
they call in each of theirs, without penalty. It is no public interface: the version is pinned. Threads: those of
its OpenMP loops over the samples, and of NumPy's BLAS for the products.
"""
import numpy as np
import sklearn
from sklearn._loss import HalfBinomialLoss
from sklearn.linear_model._linear_loss import LinearModelLoss

import arrays
import peer


class LinearModel:
    def __init__(self, path, m, nx, scalar):
        self.X, self.Y = arrays.read(path, m, nx, scalar)
        self.loss = LinearModelLoss(base_loss=HalfBinomialLoss(), fit_intercept=True)

    def at(self, coefficients):
        return self.loss.loss_gradient(coefficients, self.X, self.Y, n_threads=peer.THREADS)

    def gradient(self, w, b):
        J, slopes = self.at(np.array([*w, b], self.X.dtype))
        return J, slopes[:-1], slopes[-1]

    def steps(self, count, learning_rate):
        coefficients = np.zeros(self.X.shape[1] + 1, self.X.dtype)
        for _ in range(count):
            J, slopes = self.at(coefficients)
            slopes *= learning_rate
            coefficients -= slopes


peer.serve(LinearModel, "sklearn", f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}, {peer.PYTHON}",
           peer.THREADS)
