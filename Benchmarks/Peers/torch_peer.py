"""PyTorch: whole arrays, the derivatives written out, in inference mode.

Autograd computes the same products, and keeps every array in between: written out, each operation can go into one
that is there already (`out=`, and methods with an underscore). `addmm` adds the bias and makes the product in one, and
adds up the products of some thousand samples at a time: 28-64-64-1 at m = 100 000 takes two thirds of the time of whole
arrays, wide layers the same. Arrays have a column for each sample: with a row for each, 2-4-1 takes twice as long, and
wide layers the same. Not tried: `torch.compile`, which needs a compiler and some time for each shape.
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
        # The biases of hidden layers as columns, which are added to that of each sample.
        self.layers = [(W, b[:, None]) for W, b in self.layers[:-1]] + self.layers[-1:]
        self.transposed = [W.t() for W, _ in self.layers]
        self.ones = torch.ones(min(m, self.MOST), dtype=self.start.dtype)
        chunks = -(-m // self.MOST)
        most = -(-m // chunks)
        memory = [self.start.new_empty(2, units * most) for units in hidden]
        last = self.start.new_empty(4, most)
        X, Y = torch.from_numpy(X), torch.from_numpy(Y)
        self.chunks = []
        for i in range(chunks):
            first, end = m * i // chunks, m * (i + 1) // chunks
            n = end - first
            A, dA = ([part[which, :units * n].view(units, n) for units, part in zip(hidden, memory)] for which in (0, 1))
            A, last_rows = [X[first:end].t(), *A], [row[:n] for row in last]
            dA.append(last_rows[3][None])  # dZ of the output
            self.chunks.append((A, [a.t() for a in A], dA, Y[first:end], last_rows, self.ones[:n]))
        self.m = m

    def forward_and_backward(self):
        """J at self.parameters; the derivatives come to lie in self.derivatives."""
        J, last = 0, len(self.layers) - 1
        self.derivatives.zero_()
        for A, transposed, dA, Y, (Z, e, loss, dZ), ones in self.chunks:
            for (W, b), inputs, a in zip(self.layers, A, A[1:]):
                torch.addmm(b, W, inputs, out=a)
                activate(self.activation, a)
            w, b = self.layers[-1]
            torch.addmv(b, transposed[-1], w[0], out=Z)
            # max(z, 0) − y·z, the difference first, then log1p(e^(−|z|))
            torch.abs(Z, out=e).neg_().exp_().log1p_()
            torch.clamp(Z, min=0, out=loss).addcmul_(Y, Z, value=-1).add_(e)
            J += loss.sum()
            torch.sigmoid(Z, out=dZ).sub_(Y)
            for l in range(last, -1, -1):
                dW, db = self.slopes[l]
                if l == last:
                    dW[0].addmv_(A[l], dZ)
                else:
                    if l == last - 1:
                        torch.mul(self.transposed[last], dZ, out=dA[l])
                    else:
                        torch.mm(self.transposed[l + 1], dA[l + 1], out=dA[l])
                    self.slope(dA[l], A[l + 1])
                    dW.addmm_(dA[l], transposed[l])
                db.addmv_(dA[l], ones)
        self.derivatives /= self.m
        return J / self.m

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
