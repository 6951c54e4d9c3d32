#!/usr/bin/env python3
"""Reads CSV files of several shapes with pandas and with unlooped, in turns, and says which is faster at each.

    python3 Benchmarks/csv/compare.py [--program PROGRAM] [--megabytes N] [--turns N] [--only SHAPES] [--out FILE]

Needs pandas; README.md here says how to get it, and without it, it is skipped and says so. Each file is new, of
random numbers and a label, lies in the system's cache, and is read by both as the whole table. Numbers that pandas
does not round to the nearest are counted; unlooped always does, which its tests hold. Exit status 1 where unlooped,
with all processors, is slower: pandas has no option to take more than one with its own reader.
"""
import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

try:
    import numpy
    import pandas
except ImportError:
    sys.exit(print("skipped: pandas is missing; Benchmarks/csv/README.md says how to get it"))

READERS = ("pandas.read_csv", "unlooped, one processor", "unlooped")


def quoted(text):
    return f'"{text}"'


def identity(text):
    return text


class Shape:
    """A kind of file: so many features, each written so, and two words for the label."""

    def __init__(self, features, number, write, field=identity, labels=("0", "1")):
        self.features, self.number, self.write, self.field, self.labels = features, number, write, field, labels


def normal(generator, size):
    return generator.standard_normal(size)


def positive(generator, size):
    return generator.random(size)


def byte(generator, size):
    return generator.integers(0, 256, size)


SHAPES = {
    "17 digits, 30 features": Shape(30, normal, repr),
    "17 digits, 2 features": Shape(2, normal, repr),
    "17 digits, 2000 features": Shape(2000, normal, repr),
    "4 decimals": Shape(30, normal, "{:.4f}".format),
    "25 decimals": Shape(30, positive, "{:.25f}".format),
    "with exponents": Shape(30, normal, "{:.16e}".format),
    "0 to 255": Shape(784, byte, str),
    "large integers": Shape(30, lambda generator, size: generator.integers(-10**15, 10**15, size), str),
    "all fields quoted": Shape(30, normal, repr, quoted),
    "words as labels": Shape(2, normal, "{:.2f}".format, labels=("benign", "malignant")),
    "quoted words as labels": Shape(30, normal, repr, labels=('"benign"', '"malignant"')),
}


def make(shape, path, size):
    """Writes rows until there are `size` bytes; returns X and Y."""
    generator = numpy.random.default_rng(1)
    samples, labels = [], []
    with open(path, "w") as file:
        names = [f"x{j + 1}" for j in range(shape.features)] + ["y"]
        file.write(",".join(map(shape.field, names)) + "\n")
        while file.tell() < size:
            x = shape.number(generator, (max(1, 10_000 // shape.features), shape.features))
            y = generator.integers(0, 2, len(x))
            for sample, label in zip(x.tolist(), y.tolist()):
                fields = [shape.field(shape.write(value)) for value in sample]
                file.write(",".join(fields + [shape.field(shape.labels[label])]) + "\n")
                samples.append([float(shape.write(value)) for value in sample])
            labels.append(y)
    return numpy.array(samples), numpy.concatenate(labels)


def with_pandas(path):
    start = time.perf_counter()
    table = pandas.read_csv(path)
    return time.perf_counter() - start, table


def with_unlooped(program, path, shape, processors=None):
    """The time that it tells, from opening the file to the table, and its answer."""
    command = [program, "read", path, "--label", "y", "--json"]
    if shape.labels != ("0", "1"):
        command += ["--positive", shape.labels[1].strip('"')]
    limit = (lambda: os.sched_setaffinity(0, processors)) if processors else None
    run = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit)
    if run.returncode != 0:
        sys.exit(f"failed: {run.stderr}")
    answer = json.loads(run.stdout)
    return answer["seconds"], answer


def compare(name, shape, options, folder):
    """The times of each reader, and what else is to be told of the file."""
    path = os.path.join(folder, "data.csv")
    x, y = make(shape, path, options.megabytes * 1e6)
    table = with_pandas(path)[1]
    answer = with_unlooped(options.program, path, shape)[1]
    if (answer["m"], answer["nx"], answer["positives"]) != (*x.shape, int(y.sum())):
        sys.exit(f"failed: {name}: unlooped read {answer}; expected m, n_x = {x.shape}, {y.sum()} labels 1")
    wrong = int((table.iloc[:, :-1].to_numpy() != x).sum())
    one = {min(os.sched_getaffinity(0))} if hasattr(os, "sched_getaffinity") else None
    times = {reader: [] for reader in READERS}
    for _ in range(options.turns):
        times["pandas.read_csv"].append(with_pandas(path)[0])
        if one:
            times["unlooped, one processor"].append(with_unlooped(options.program, path, shape, one)[0])
        times["unlooped"].append(with_unlooped(options.program, path, shape)[0])
    return {
        "shape": name, "m": len(y), "nx": shape.features, "bytes": os.path.getsize(path),
        "seconds": {reader: values for reader, values in times.items() if values},
        "roundedOtherwiseByPandas": wrong,
    }


def heading():
    return (f"| file | m × n_x | size | pandas {pandas.__version__} | unlooped, one processor "
            f"| unlooped, {os.cpu_count()} processors | times as fast |\n"
            "| :-- | :-- | --: | --: | --: | --: | --: |")


def row(result):
    def cell(reader):
        values = result["seconds"].get(reader)
        if not values:
            return "–"
        return f"{statistics.median(values) * 1e3:.1f} ms ({min(values) * 1e3:.1f} to {max(values) * 1e3:.1f})"
    return (f"| {result['shape']} | {result['m']} × {result['nx']} | {result['bytes'] / 1e6:.0f} MB | "
            + " | ".join(cell(reader) for reader in READERS)
            + f" | {ratio(result):.1f} |")


def ratio(result):
    medians = [statistics.median(result["seconds"][reader]) for reader in ("pandas.read_csv", "unlooped")]
    return medians[0] / medians[1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", default=".build/release/unlooped")
    parser.add_argument("--megabytes", type=float, default=40)
    parser.add_argument("--turns", type=int, default=9)
    parser.add_argument("--only", help="parts of the names of shapes, separated by commas")
    parser.add_argument("--out", type=pathlib.Path, help="where the times go, as JSON")
    options = parser.parse_args()
    options.program = os.path.realpath(options.program)
    parts = options.only.split(",") if options.only else [""]
    results = []
    print(heading())
    for name, shape in SHAPES.items():
        if not any(part in name for part in parts):
            continue
        with tempfile.TemporaryDirectory() as folder:
            results.append(compare(name, shape, options, folder))
        print(row(results[-1]), flush=True)
    for result in results:
        if result["roundedOtherwiseByPandas"]:
            print(f"pandas does not round {result['roundedOtherwiseByPandas']} numbers to the nearest: {result['shape']}")
    if options.out:
        facts = {"pandas": pandas.__version__, "python": platform.python_version(), "processors": os.cpu_count()}
        options.out.write_text(json.dumps(facts | {"results": results}, indent=1, ensure_ascii=False) + "\n")
    slower = [result["shape"] for result in results if ratio(result) <= 1]
    if slower:
        sys.exit(f"unlooped is slower at: {', '.join(slower)}")


main()
