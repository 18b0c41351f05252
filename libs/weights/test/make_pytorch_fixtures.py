"""Writes the PyTorch files of `fixtures/`, each a few kilobytes, and `pytorch.json` with the numbers in them.

    python make_pytorch_fixtures.py        (torch 2.15)
"""
import json
import os
from collections import OrderedDict

import torch

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures")


class Attack:
    """What a hostile file would do: run a command as it is loaded."""

    def __reduce__(self):
        return os.system, ("touch kiln-was-here",)


def state():
    counted = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4)
    shared = torch.arange(10, dtype=torch.float32) / 4
    weights = OrderedDict(
        float32=counted + 0.5,
        float64=torch.tensor([1 / 3, -2.0], dtype=torch.float64),
        float16=torch.tensor([0.1, -65504.0, 6e-8], dtype=torch.float16),
        bfloat16=torch.tensor([3.140625, -1e30], dtype=torch.bfloat16),
        int64=torch.tensor(-7),
        int32=torch.tensor([2**20, -1], dtype=torch.int32),
        uint8=torch.tensor([0, 255], dtype=torch.uint8),
        boolean=torch.tensor([True, False]),
        empty=torch.zeros(0, 3),
        parameter=torch.nn.Parameter(torch.tensor([[2.0]])),
        transposed=counted.permute(2, 0, 1),
        strided=counted[:, ::2, 1],
        head=shared[:4],
        tail=shared[6:],
    )
    weights._metadata = OrderedDict(version=1)
    return weights


def save(name, value, **options):
    torch.save(value, os.path.join(here, name), **options)


save("state.pth", state())
save("legacy.pth", state(), _use_new_zipfile_serialization=False)
parts = {"G": {"w": torch.tensor([1.0])}, "G_ema": {"w": torch.tensor([2.0])}}
save("checkpoint.pth", {"epoch": 2**40, "lr": 1e-4, "log": [None, True, -5, "x"], **parts})
save("alone.pt", {"epoch": 3, "state_dict": parts["G"]})
save("attack.pth", {"w": torch.tensor([1.0]), "x": Attack()})
save("attack-legacy.pth", {"w": torch.tensor([1.0]), "x": Attack()}, _use_new_zipfile_serialization=False)
save("module.pth", torch.nn.Linear(2, 1))
expected = {name: {"shape": list(value.shape), "values": value.detach().double().flatten().tolist()}
            for name, value in state().items()}
with open(os.path.join(here, "pytorch.json"), "w") as file:
    json.dump(expected, file)
