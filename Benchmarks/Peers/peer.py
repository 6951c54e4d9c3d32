"""What the Python peers share: the protocol of README.md, and the clock around the steps.

A peer is a class. An instance holds the data of one `load`:

    Peer(path, m, nx, scalar)       reads the file; raises Unsupported where the library cannot do it
    gradient(w, b) -> J, dw, db     at a list w and a number b
    steps(count, learning_rate)     `count` steps from w = 0, b = 0, finished when it returns
"""
import json
import os
import platform
import sys
import time

THREADS = int(os.environ.get("UNLOOPED_THREADS", "1"))
PYTHON = f"Python {platform.python_version()}"
BYTES = {"float": 4, "double": 8}


class Unsupported(Exception):
    """Why a cell is left out for this peer."""


def serve(peer, name, version, threads):
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
                    answer = {"protocol": 1, "name": name, "version": version, "threads": threads}
                case "load":
                    data = None  # room for the new before it comes
                    data = load(peer, **{key: request[key] for key in ("path", "m", "nx", "scalar")})
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


def load(peer, path, m, nx, scalar):
    expected = (m * nx + m) * BYTES[scalar]
    if min(m, nx) < 1 or os.path.getsize(path) != expected:
        raise ValueError(f"{path} has {os.path.getsize(path)} bytes, not {expected} (m = {m}, nx = {nx}, {scalar})")
    data = peer(path, m, nx, scalar)
    data.nx = nx
    data.steps(1, 0.0)  # what is compiled at the first call is compiled now
    return data


def gradient(data, w, b):
    if data is None or len(w) != data.nx:
        raise ValueError(f"w has {len(w)} numbers, {data.nx if data else 'nothing'} is loaded")
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
