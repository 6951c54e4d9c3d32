"""The data as NumPy arrays, for the peers that take such."""
import numpy as np

LINE = 64  # bytes; NumPy's own memory begins 16 bytes into a line of cache, which costs its BLAS some 15 %


def read(path, m, nx, scalar):
    """X (m × nx, sample after sample) and Y (m), aligned to a line of cache."""
    dtype = np.dtype({"float": np.float32, "double": np.float64}[scalar])
    size = (m * nx + m) * dtype.itemsize
    memory = np.empty(size + LINE, np.uint8)
    start = -memory.ctypes.data % LINE
    values = memory[start:start + size]
    with open(path, "rb") as file:
        file.readinto(values)
    values = values.view(dtype)
    return values[:m * nx].reshape(m, nx), values[m * nx:]
