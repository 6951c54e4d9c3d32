"""What the Python peers share: the protocol of README.md, and the clock around the steps.

A peer is a class. An instance holds the data of one `load`:

    Peer(path, m, nx, scalar)       reads the file; raises Unsupported where the library cannot do it
    gradient(w, b) -> J, dw, db     at a list w and a number b
    steps(count, learning_rate)     `count` steps from w = 0, b = 0, finished when it returns

One that knows networks has another class for them, with the same methods:

    Network(path, m, nx, scalar, hidden, activation)

There w and dw are all parameters but the last, b⁽ᴸ⁾, and steps begin at the parameters that are in the file.
"""
import json
import os
import platform
import sys
import time

THREADS = int(os.environ.get("UNLOOPED_THREADS", "1"))
PYTHON = f"Python {platform.python_version()}"
BYTES = {"float": 4, "double": 8}
ACTIVATIONS = ["sigmoid", "tanh", "relu", "leaky", "linear"]
LEAK = 0.01  # γ, the slope of leaky ReLU below 0


class Unsupported(Exception):
    """Why a cell is left out for this peer."""


def serve(peer, name, version, threads, network=None):
    """Answers requests until the end of input."""
    # What a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    data = None
    for line in sys.stdin:
        try:
            request = json.loads(line)
            match request["request"]:
                case "hello":
                    if request["protocol"] != 1:
                        raise ValueError(f"this peer speaks protocol 1, not {request['protocol']}")
                    answer = {"protocol": 1, "name": name, "version": version, "threads": threads,
                              "networks": network is not None}
                case "load":
                    data = None  # room for the new before it comes
                    data = load(peer, network, request)
                    answer = {"ok": True}
                case "gradient":
                    answer = gradient(data, request["w"], request["b"])
                case "run":
                    answer = run(data, request["steps"], request["learningRate"])
                case "unload":
                    data = None
                    answer = {"ok": True}
                case other:
                    raise ValueError(f"unknown request {other!r}")
        except Unsupported as reason:
            answer = {"unsupported": str(reason)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


def layers(nx, hidden):
    """(inputs, units) of each layer, the output last."""
    widths = [nx, *hidden, 1]
    return list(zip(widths, widths[1:]))


def load(peer, network, request):
    path, m, nx, scalar = (request[key] for key in ("path", "m", "nx", "scalar"))
    hidden, activation = request.get("hidden"), request.get("activation", "relu")
    if hidden is not None and not network:
        raise Unsupported("it makes the step of logistic regression only")
    if min(m, nx, *(hidden or [])) < 1 or activation not in ACTIVATIONS:
        raise ValueError(f"expected positive sizes and one of {ACTIVATIONS}, not {m}, {nx}, {hidden}, {activation}")
    parameters = sum(units * (inputs + 1) for inputs, units in layers(nx, hidden or []))
    expected = (m * nx + m + (0 if hidden is None else parameters)) * BYTES[scalar]
    if os.path.getsize(path) != expected:
        raise ValueError(f"{path} has {os.path.getsize(path)} bytes, not {expected} (m = {m}, nx = {nx}, {scalar})")
    data = peer(path, m, nx, scalar) if hidden is None else network(path, m, nx, scalar, hidden, activation)
    data.count = parameters - 1
    data.steps(1, 0.0)  # what is compiled at the first call is compiled now
    return data


def gradient(data, w, b):
    if data is None or len(w) != data.count:
        raise ValueError(f"w has {len(w)} numbers, expected {data.count if data else 'data first'}")
    J, dw, db = data.gradient(w, b)
    answer = {"J": float(J), "dw": [float(value) for value in dw], "db": float(db)}
    json.dumps(answer, allow_nan=False)  # JSON has no NaN and no infinity: an error then
    return answer


def run(data, steps, learning_rate):
    if data is None or steps < 1:
        raise ValueError(f"cannot run {steps} steps on {'these data' if data else 'no data'}")
    cpu, wall = time.process_time_ns(), time.perf_counter_ns()
    data.steps(steps, learning_rate)
    wall, cpu = time.perf_counter_ns() - wall, time.process_time_ns() - cpu
    return {"nanoseconds": wall, "cpuNanoseconds": cpu}
