"""PyTorch: whole arrays, the derivatives written out, in inference mode.

Autograd computes the same products, and keeps every array in between: written out, each operation can go into one
that is there already (`out=`, and methods with an underscore). `addmm` adds the bias and makes the product in one, and
adds up products of some thousand samples at a time, which keeps A and dZ in the cache.
"""
import numpy as np
import torch

import arrays
import peer

torch.set_num_threads(peer.THREADS)
torch.set_grad_enabled(False)


def activate(name, A):
    """A := g(A)."""
    match name:
        case "sigmoid":
            A.sigmoid_()
        case "tanh":
            A.tanh_()
        case "relu":
            A.relu_()
        case "leaky":
            torch.nn.functional.leaky_relu_(A, peer.LEAK)


# dA := dA · g′, which follows from a.
SLOPES = {
    "sigmoid": lambda dA, A: torch.ops.aten.sigmoid_backward(dA, A, grad_input=dA),
    "tanh": lambda dA, A: torch.ops.aten.tanh_backward(dA, A, grad_input=dA),
    "relu": lambda dA, A: torch.ops.aten.threshold_backward(dA, A, 0, grad_input=dA),
    "leaky": lambda dA, A: torch.ops.aten.leaky_relu_backward(dA, A, peer.LEAK, True, grad_input=dA),
    "linear": lambda dA, A: None,
}


class Network:
    MOST = 4096  # samples at a time

    def __init__(self, path, m, nx, scalar, hidden, activation):
        X, Y, start = arrays.read_network(path, m, nx, scalar)
        self.prepare(X, Y, start, hidden, activation)

    def prepare(self, X, Y, start, hidden, activation):
        m, nx = X.shape
        self.activation, self.slope = activation, SLOPES[activation]
        self.start = torch.from_numpy(start)
        self.parameters, self.derivatives = torch.empty_like(self.start), torch.empty_like(self.start)
        layers = peer.layers(nx, hidden)
        self.layers, self.slopes = (arrays.by_layers(all, layers) for all in (self.parameters, self.derivatives))
        chunks = -(-m // self.MOST)
        most = -(-m // chunks)
        A, dA = ([self.start.new_empty(most, units) for units in hidden] for _ in range(2))
        last = self.start.new_empty(5, most)
        self.chunks = []
        for i in range(chunks):
            first, end = m * i // chunks, m * (i + 1) // chunks
            n = end - first
            self.chunks.append((torch.from_numpy(X[first:end]), torch.from_numpy(Y[first:end]), [a[:n] for a in A],
                                [d[:n] for d in dA], last[:, :n]))

    def forward_and_backward(self):
        """J at self.parameters; the derivatives come to lie in self.derivatives."""
        J = 0
        self.derivatives.zero_()
        for X, Y, hidden, dA, (Z, e, loss, dZ, ones) in self.chunks:
            A = [X]
            for (W, b), a in zip(self.layers, hidden):
                torch.addmm(b, A[-1], W.t(), out=a)
                activate(self.activation, a)
                A.append(a)
            W, b = self.layers[-1]
            torch.mv(A[-1], W[0], out=Z)
            Z += b
            # max(z, 0) − y·z, the difference first, then log1p(e^(−|z|))
            torch.abs(Z, out=e).neg_().exp_().log1p_()
            torch.clamp(Z, min=0, out=loss).addcmul_(Y, Z, value=-1).add_(e)
            J += loss.sum()
            torch.sigmoid(Z, out=dZ).sub_(Y)
            self.add(len(hidden), dZ[:, None], A[-1])
            for l in reversed(range(len(hidden))):
                if l == len(hidden) - 1:
                    torch.mul(dZ[:, None], W, out=dA[l])
                else:
                    torch.mm(dA[l + 1], self.layers[l + 1][0], out=dA[l])
                self.slope(dA[l], A[l + 1])
                self.add(l, dA[l], A[l])
        m = sum(len(chunk[1]) for chunk in self.chunks)
        self.derivatives /= m
        return J / m

    def add(self, l, dZ, A):
        """Adds dZᵀ A and the sums of dZ to the derivatives of a layer."""
        dW, db = self.slopes[l]
        if dW.shape[0] == 1:
            dW[0].addmv_(A.t(), dZ[:, 0])
        else:
            dW.addmm_(dZ.t(), A)
        db += dZ.sum(0)

    def gradient(self, w, b):
        self.parameters.copy_(torch.tensor([*w, b], dtype=self.start.dtype))
        J = self.forward_and_backward()
        return J, self.derivatives[:-1].tolist(), self.derivatives[-1]

    def steps(self, count, learning_rate):
        self.parameters.copy_(self.start)
        for _ in range(count):
            self.forward_and_backward()
            self.parameters.sub_(self.derivatives, alpha=learning_rate)


class Logistic(Network):
    """The output alone."""

    def __init__(self, path, m, nx, scalar):
        X, Y = arrays.read(path, m, nx, scalar)
        self.prepare(X, Y, np.zeros(nx + 1, X.dtype), [], "linear")


peer.serve(Logistic, "torch", f"PyTorch {torch.__version__}, {peer.PYTHON}", peer.THREADS, Network)
