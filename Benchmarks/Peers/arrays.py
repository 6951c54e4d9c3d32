"""The data as NumPy arrays, for the peers that take such."""
import numpy as np

LINE = 64  # bytes; NumPy's own memory begins 16 bytes into a line of cache, which costs its BLAS some 15 %


def empty(count, dtype):
    """Memory for so many numbers that begins with a line of cache."""
    size = count * dtype.itemsize
    memory = np.empty(size + LINE, np.uint8)
    start = -memory.ctypes.data % LINE
    return memory[start:start + size].view(dtype)


def read(path, m, nx, scalar):
    """X (m × nx, sample after sample) and Y (m)."""
    values = empty(m * nx + m, np.dtype({"float": np.float32, "double": np.float64}[scalar]))
    with open(path, "rb") as file:
        file.readinto(values)
    return values[:m * nx].reshape(m, nx), values[m * nx:]


def read_network(path, m, nx, scalar):
    """The same, and the parameters that every run begins with."""
    X, Y = read(path, m, nx, scalar)
    return X, Y, np.fromfile(path, X.dtype, offset=(m * nx + m) * X.dtype.itemsize)


def by_layers(parameters, layers):
    """W (units × inputs) and b of each layer, as parts of one array that holds all of them."""
    parts, next = [], 0
    for inputs, units in layers:
        W = parameters[next:next + units * inputs].reshape(units, inputs)
        next += units * (inputs + 1)
        parts.append((W, parameters[next - units:next]))
    return parts
