#!/usr/bin/env python3
"""Reads one CSV file with pandas and with unlooped, in turns, and says which is faster.

    python3 Benchmarks/csv/compare.py [PROGRAM [ROWS [COLUMNS]]]   (default: .build/release/unlooped 100000 30)

Needs pandas (python3 -m pip install pandas); without it, it is skipped and says so. Both read the same new file
of random numbers with up to 17 digits and a label, which lies in the system's cache. Numbers that pandas does
not round to the nearest are counted; unlooped always does. Exit status 1 where unlooped is slower.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

try:
    import numpy
    import pandas
except ImportError:
    sys.exit(print("skipped: pandas is missing; python3 -m pip install pandas"))

program = os.path.realpath(sys.argv[1] if len(sys.argv) > 1 else ".build/release/unlooped")
rows, columns = (int(sys.argv[i]) if len(sys.argv) > i else default for i, default in ((2, 100_000), (3, 30)))
TURNS = 7


def make(path):
    generator = numpy.random.default_rng(1)
    x = generator.standard_normal((rows, columns))
    y = generator.integers(0, 2, rows)
    with open(path, "w") as file:
        file.write(",".join(f"x{j + 1}" for j in range(columns)) + ",y\n")
        for sample, label in zip(x.tolist(), y.tolist()):
            file.write(",".join(map(repr, sample)) + f",{label}\n")
    return x, y


def with_pandas(path):
    start = time.perf_counter()
    table = pandas.read_csv(path)
    return time.perf_counter() - start, table


def with_unlooped(path):
    """The time that it tells, and that with the start of the program in it."""
    start = time.perf_counter()
    run = subprocess.run([program, "read", path, "--label", "y", "--json"], check=True, capture_output=True)
    answer = json.loads(run.stdout)
    assert (answer["m"], answer["nx"]) == (rows, columns), answer
    return answer["seconds"], time.perf_counter() - start, answer["positives"]


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "data.csv")
    x, y = make(path)
    size = os.path.getsize(path)
    table = with_pandas(path)[1]
    wrong = int((table.iloc[:, :-1].to_numpy() != x).sum())
    assert table["y"].sum() == with_unlooped(path)[2] == y.sum()
    times = {"pandas.read_csv": [], "unlooped": [], "unlooped, with its start": []}
    for _ in range(TURNS):
        times["pandas.read_csv"].append(with_pandas(path)[0])
        own, whole, _ = with_unlooped(path)
        times["unlooped"].append(own)
        times["unlooped, with its start"].append(whole)

print(f"{rows} x {columns} and a label, {size / 1e6:.1f} MB; pandas {pandas.__version__}, "
      f"{os.cpu_count()} processors; medians of {TURNS} turns")
medians = {name: statistics.median(values) for name, values in times.items()}
for name, median in medians.items():
    print(f"{name:26} {median * 1e3:8.1f} ms {size / median / 1e6:8.0f} MB/s   "
          f"({min(times[name]) * 1e3:.1f} to {max(times[name]) * 1e3:.1f} ms)")
if wrong:
    print(f"pandas does not round {wrong} of {x.size} numbers to the nearest")
print(f"unlooped is {medians['pandas.read_csv'] / medians['unlooped']:.1f} times as fast")
sys.exit(0 if medians["unlooped"] < medians["pandas.read_csv"] else 1)
