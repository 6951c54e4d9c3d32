#!/usr/bin/env python3
"""Makes the seeds: small good and bad files for each reader, which the fuzzer starts from and the tests
replay. Run without arguments. Seeds/results/good/whole.json is kept by hand; the other results are made of it."""

import gzip
import json
from pathlib import Path
from struct import pack

SEEDS = Path(__file__).parent / "Seeds"


def write(reader, kind, name, data):
    path = SEEDS / reader / kind / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def good(reader, name, data):
    write(reader, "good", name, data)


def bad(reader, name, data):
    write(reader, "bad", name, data)


# CSV, label y.
good("csv", "plain.csv", "a,b,y\n1,-2.5e-3,0\n3,4,1\n")
good("csv", "quoted.csv", '\ufeff"a, ""1""","b\nc",y\r\n"1" , 2,0\r\n"3",4.000000000000000000001e0,1\r\n\r\n')
good("csv", "wide.csv", ",".join(f"f{j}" for j in range(40)) + ",y\n" + ("0.125," * 40 + "1\n") * 3)
good("csv", "carriage-returns.csv", "a,b,y\r1,2,0\r\r3,4,1\r")
good("csv", "blank-lines.csv", "\n \na,b,y\n\n1,2,0\n   \r\n3,4,1\n\t\n")
bad("csv", "empty.csv", "")
bad("csv", "latin-1.csv", "kind;a;b\nyes;1;2\nn\u00f6;3;4\n".encode("latin-1"))
bad("csv", "mixed-ends.csv", "a,y\r1,0\n2,1\n")
bad("csv", "zip.csv", b"PK\x03\x04\x14\0\0\0\x08\0")
bad("csv", "header-only.csv", "a,b,y\n")
bad("csv", "ragged.csv", "a,b,y\n1,2,0\n3,1\n5,6,1\n")
bad("csv", "nan.csv", "a,b,y\n1,2,0\n3,NaN,1\n")
bad("csv", "infinite.csv", "a,b,y\n1,1e999,0\n")
bad("csv", "three-classes.csv", "a,b,y\n1,2,0\n3,4,1\n5,6,2\n")
bad("csv", "unterminated.csv", 'a,b,y\n1,"2,0\n3,4,1\n')
bad("csv", "twice.csv", "a,a,y\n1,2,0\n")
bad("csv", "utf-16.csv", "a,y\n1,0\n".encode("utf-16"))
bad("csv", "words.csv", "kind;a;b\nyes;1;2\nno;3;4\nperhaps;5;6\n")
bad("csv", "zeros.csv", bytes(64))


# NPY.
def npy(descr, shape, data, fortran="False", version=1, offset=128):
    header = f"{{'descr': {descr}, 'fortran_order': {fortran}, 'shape': {shape}, }}"
    start = b"\x93NUMPY" + bytes([version, 0])
    length = offset - len(start) - (2 if version == 1 else 4)
    return start + pack("<H" if version == 1 else "<I", length) + header.ljust(length - 1).encode() + b"\n" + data


good("npy", "floats.npy", npy("'<f4'", "(3, 2)", pack("<6f", 1, 2, 3, 4, 5, 6)))
good("npy", "doubles.npy", npy("'<f8'", "(2, 3)", pack("<6d", 1, 2, 3, 4, 5, 6), fortran="True", version=2))
good("npy", "unaligned.npy", npy("'>f8'", "(2, 2)", pack(">4d", 1, 2, 3, 4), offset=101, version=3))
good("npy", "truths.npy", npy("'|b1'", "(4,)", b"\0\1\1\0"))
good("npy", "integers.npy", npy("'>i2'", "(2, 2)", pack(">4h", -1, 2, 300, -400), offset=100))
bad("npy", "empty.npy", b"")
bad("npy", "promises-more.npy", npy("'<f4'", "(1000, 2)", pack("<6f", 1, 2, 3, 4, 5, 6)))
bad("npy", "2-to-the-63-rows.npy", npy("'<f4'", f"({2**63}, 2)", bytes(24)))
bad("npy", "2-to-the-62-rows.npy", npy("'<f4'", f"({2**62}, 2)", bytes(24)))
bad("npy", "no-rows.npy", npy("'<f4'", "(0, 2)", b""))
bad("npy", "nan.npy", npy("'<f8'", "(4, 1)", pack("<4d", 1, 2, float("nan"), 4)))
bad("npy", "unknown-type.npy", npy("'<c16'", "(2, 1)", bytes(32)))
bad("npy", "records.npy", npy("[('a', '<f4'), ('b', '<f4')]", "(2,)", bytes(16)))
bad("npy", "objects.npy", npy("'|O'", "(1,)", b"\x80\x04]\x94K\x01a."))
bad("npy", "pickled.npy", b"\x80\x04\x95\x0b\0\0\0\0\0\0\0]\x94(K\x01K\x02e.")
bad("npy", "three-dimensions.npy", npy("'<f4'", "(1, 2, 3)", bytes(24)))
bad("npy", "long-header.npy", b"\x93NUMPY\2\0\xff\xff\xff\xff{")
bad("npy", "goes-on.npy", npy("'<f4'", "(1, 2)", bytes(12)))
bad("npy", "version-9.npy", npy("'<f4'", "(1, 2)", bytes(8)).replace(b"Y\1", b"Y\x09"))


# IDX: images alone.
def idx(shape, values, code=8):
    return bytes([0, 0, code, len(shape)]) + b"".join(pack(">I", n) for n in shape) + bytes(values)


good("idx", "images.idx", idx([4, 2, 3], range(24)))
good("idx", "rows.idx", idx([2, 5], range(10)))
bad("idx", "empty.idx", b"")
bad("idx", "labels.idx", idx([4], [0, 1, 1, 0]))
bad("idx", "promises-more.idx", idx([60000, 28, 28], range(24)))
bad("idx", "huge.idx", idx([2**32 - 1] * 3, range(24)))
bad("idx", "no-pixels.idx", idx([4, 0, 3], []))
bad("idx", "floats.idx", idx([2, 1], bytes(8), code=0x0D))
bad("idx", "dimensions.idx", idx([1] * 255, [7])[:600])

# Packed by gzip.
packed = gzip.compress(idx([4, 2, 3], range(24)), mtime=0)
good("gzip", "images.gz", packed)
first, second = idx([4, 2, 3], range(24))[:20], idx([4, 2, 3], range(24))[20:]
good("gzip", "two-members.gz", gzip.compress(first, mtime=0) + gzip.compress(second, mtime=0))
bad("gzip", "cut.gz", packed[:-5])
bad("gzip", "damaged.gz", packed[:20] + b"\xff\xff" + packed[22:])
bad("gzip", "start.gz", packed[:2])
bad("gzip", "bomb.gz", gzip.compress(bytes(1 << 20), 9, mtime=0))

# Netpbm: the only image of each class.
good("netpbm", "grey.pgm", b"P5 3 2 255\n" + bytes(range(6)))
good("netpbm", "colour.ppm", b"P6\n# a comment\n2\t1\n65535\n" + pack(">6H", *range(0, 60000, 10000)))
good("netpbm", "seven.pgm", b"P5 2 2 7\n" + bytes([0, 3, 5, 7]))
bad("netpbm", "empty.pgm", b"")
bad("netpbm", "promises-more.ppm", b"P6 4000 3000 255\n" + bytes(30))
bad("netpbm", "huge.ppm", b"P6 2147483647 2147483647 65535\n" + bytes(30))
bad("netpbm", "beyond-31-bits.pgm", b"P5 9223372036854775808 1 255\n" + bytes(30))
bad("netpbm", "no-pixels.pgm", b"P5 0 2 255\n")
bad("netpbm", "greatest.pgm", b"P5 1 1 65536\n\0\0")
bad("netpbm", "above-greatest.pgm", b"P5 2 1 7\n\7\10")
bad("netpbm", "text.pgm", b"P2 2 1 7\n1 two\n")
good("netpbm", "text.ppm", b"P3 1 2 7\n1 2 3\n4 5 7\n")
bad("netpbm", "comment.pgm", b"P5 # without an end")

# Models.
model = """{"format": "unlooped model", "version": 1, "features": ["a", "b"], "w": [2, -0.5], "b": -3,
"standardization": {"means": [1, 2], "deviations": [1, 0]},
"label": {"name": "kind", "negative": "no", "positive": "yes"},
"training": {"data": "t.csv", "m": 4, "implementation": "loops.flat", "scalar": "double",
"alpha": 0.1, "iterations": 1, "end": "iterations", "cost": 0.5, "accuracy": 1}}
"""
good("model", "standardized.json", model)
good("model", "plain.json", "".join(line for line in model.splitlines(True) if "means" not in line))
bad("model", "empty.json", "")
bad("model", "cut.json", model[:200])
bad("model", "deep.json", "[" * 1000)
bad("model", "deepest.json", "[" * 513)  # one more than Foundation takes, and nothing behind
bad("model", "other.json", '{"format": "other", "version": 1}')
bad("model", "version.json", model.replace('"version": 1', '"version": 9'))
bad("model", "another-count.json", model.replace('["a", "b"]', '["a", "b", "c"]'))
bad("model", "nan.json", model.replace('"b": -3', '"b": NaN'))
bad("model", "infinite.json", model.replace('"b": -3', '"b": 1e999'))
bad("model", "beyond-int.json", model.replace('"m": 4', '"m": 9223372036854775808'))
bad("model", "negative-deviation.json", model.replace('[1, 0]}', '[1, -1]}'))
bad("model", "data.csv", "a,b,y\n1,2,0\n")
layers = """{"W1": [[1, -2], [0.5, 3], [0, 1]], "b1": [0, 1, -1], "W2": [[1, 2, 3]], "b2": [0.25]}"""
network = model.replace('"version": 1', '"version": 2').replace(
    '"w": [2, -0.5], "b": -3', f'"network": {{"hidden": [3], "activation": "tanh"}}, "parameters": {layers}')
good("model", "network.json", network)
bad("model", "no-layer.json", network.replace('"b2": [0.25]', '"W3": [[0.25]]'))
bad("model", "ragged-layer.json", network.replace("[0.5, 3]", "[0.5]"))
bad("model", "flat-layer.json", network.replace("[0.5, 3]", "3"))
bad("model", "short-bias.json", network.replace("[0, 1, -1]", "[0, 1]"))
bad("model", "no-units.json", network.replace("[3]", "[0]"))
bad("model", "wide-layer.json", network.replace("[3]", "[1000000000]"))
bad("model", "65-layers.json", network.replace("[3]", str([3] * 64)))
bad("model", "activation.json", network.replace("tanh", "softmax"))
bad("model", "infinite-weight.json", network.replace("[0.5, 3]", "[0.5, 1e999]"))

# Results: parts of one file, small enough to be fuzzed fast.
# Answers of peers.
good("peer", "hello.json", '{"protocol":1,"name":"awk","version":"awk 1","threads":2,"networks":true}')
good("peer", "gradient.json", '{"J":0.5,"dw":[1e-3,-2.5],"db":0.1}')
good("peer", "run.json", '{"nanoseconds":123456789,"cpuNanoseconds":1.5e9}')
good("peer", "ok.json", '{"ok":true}')
bad("peer", "error.json", '{"error":"' + "no \\u001b[31m\\n" * 40 + '"}')
bad("peer", "unsupported.json", '{"unsupported":"floats","unavailable":null}')
bad("peer", "deepest.json", "[" * 513)
bad("peer", "latin-1.json", '{"error":"n\u00f6"}'.encode("latin-1"))

whole = json.loads((SEEDS / "results/good/whole.json").read_text())


def without(value, *keys):
    return {key: item for key, item in value.items() if key not in keys}


def part(*keys, **cell):
    """The results with these fields, of those that may be missing, and the cell with these."""
    value = without(whole, *({"notes", "ceilings", "training"} - set(keys)))
    value["machine"] = without(whole["machine"], "caches") | {"caches": whole["machine"]["caches"][:1]}
    value["cells"] = [whole["cells"][0] | {"rungs": [], "controls": [], "ceilings": []} | cell]
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False) + "\n"


rungs = whole["cells"][0]["rungs"]
results = part(rungs=rungs[:1])
good("results", "timed.json", results)
good("results", "rejected.json", part(rungs=rungs[1:]))
good("results", "controls.json", part(controls=whole["cells"][0]["controls"]))
good("results", "ceilings.json", part("ceilings", "notes"))
good("results", "training.json", part("trainings"))
network = {"problem": "network", "hidden": [64, 32], "activation": "relu"}
good("results", "network.json", json.dumps(json.loads(results) | {
    "schemaVersion": 4, "plan": whole["plan"] | {"cells": [whole["plan"]["cells"][0] | network]},
    "cells": [cell | {"cell": cell["cell"] | network} for cell in json.loads(results)["cells"]],
}, separators=(",", ":"), ensure_ascii=False) + "\n")


def results_with(old, new):
    assert old in results, old
    return results.replace(old, new, 1)


bad("results", "empty.json", "")
bad("results", "cut.json", results[:1000])
bad("results", "deep.json", "[" * 1000)
bad("results", "deepest.json", "[" * 513)
bad("results", "model.json", model)
bad("results", "version.json", results_with('"schemaVersion":3', '"schemaVersion":9'))
bad("results", "missing.json", results_with('"seed":1,', ""))
bad("results", "no-time.json", results_with('"nanoseconds":100', '"nanoseconds":0'))
bad("results", "no-blocks.json", results_with('"blocks":2', '"blocks":0'))
bad("results", "2-to-the-62-blocks.json", results_with('"blocks":2', f'"blocks":{2**62}'))
bad("results", "no-end.json", results_with('"maximumCellNanoseconds":', '"maximumRunNanoseconds":9223372036854775807,"maximumCellNanoseconds":'))
bad("results", "no-rate.json", results_with('"learningRate":0.1', '"learningRate":"NaN"'))
bad("results", "2-to-the-63-samples.json", results_with('"m":100', f'"m":{2**63}'))
bad("results", "no-features.json", results_with('"nx":2', '"nx":0'))
bad("results", "twice.json", results_with('"index":1', '"index":0'))
bad("results", "formula.json", results_with('"rung":"', '"rung":"='))
