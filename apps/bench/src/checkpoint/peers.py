"""Writes and reads a checkpoint of 125 float32 tensors of 1,000,000. Arguments: `safetensors`, `torch` or `plain`, then how often.

Prints one line of JSON: seconds of each write with an fsync of file and folder, and of each read from the page cache.
"""
import json
import os
import shutil
import sys
import tempfile
import time

import numpy as np

NUM_TENSORS, LENGTH = 125, 1_000_000

name, repetitions = sys.argv[1], int(sys.argv[2])
arrays = {f"layer{i}": np.random.default_rng(i).standard_normal(LENGTH, np.float32) for i in range(NUM_TENSORS)}


def touched(tensors):
    """Every tensor is looked at, so that a reader that maps the file has to read it."""
    return sum(float(tensor.reshape(-1)[::1024].sum(dtype=np.float64)) for tensor in tensors)


expected = touched(arrays.values())

if name == "torch":
    import torch

    torch.set_num_threads(os.cpu_count())
    state = {key: torch.from_numpy(value) for key, value in arrays.items()}

    def write(path):
        torch.save(state, path)

    def read(path):
        return [tensor.numpy() for tensor in torch.load(path, weights_only=True).values()]
elif name == "safetensors":
    from safetensors.numpy import load_file, save_file

    def write(path):
        save_file(arrays, path)

    def read(path):
        return load_file(path).values()
else:

    def write(path):
        with open(path, "wb", buffering=0) as file:
            for array in arrays.values():
                view = memoryview(array).cast("B")
                while view:
                    view = view[file.write(view) :]

    def read(path):
        tensors = []
        with open(path, "rb", buffering=0) as file:
            for _ in arrays:
                tensors.append(np.empty(LENGTH, np.float32))
                view = memoryview(tensors[-1]).cast("B")
                while view:
                    view = view[file.readinto(view) :]
        return tensors


def fsync(path):
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


written, taken = [], []
for _ in range(repetitions):
    folder = tempfile.mkdtemp(prefix="kiln-bench-")
    path = os.path.join(folder, "state")
    os.sync()
    start = time.perf_counter()
    write(path)
    fsync(path)
    fsync(folder)
    written.append(time.perf_counter() - start)
    for read_before in (False, True):
        start = time.perf_counter()
        total = touched(read(path))
        if read_before:
            taken.append(time.perf_counter() - start)
        if abs(total - expected) > 1:
            raise SystemExit(f"read {total}, expected {expected}")
    shutil.rmtree(folder)
print(json.dumps({"written": written, "read": taken}))
