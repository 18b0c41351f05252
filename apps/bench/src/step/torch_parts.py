"""What the PyTorch programs of the steps share. Arguments: `eager`, `channels_last` or `compile`, then the settings as JSON."""
import json
import sys

import torch
from torch import nn

from timing import report

mode, settings = sys.argv[1], json.loads(sys.argv[2])
torch.set_num_threads(settings["threads"])
torch.manual_seed(1)


def prepared(network):
    """`network` in the layout and the way of running that `mode` asks for: what trains, and what is called."""
    # Its best layout for convolutions on CPUs; torch.compile was also faster with it.
    if mode != "eager":
        network = network.to(memory_format=torch.channels_last)
    return network, torch.compile(network) if mode == "compile" else network


def images(batch):
    real = torch.rand(batch, 3, 32, 32) * 2 - 1
    return real if mode == "eager" else real.contiguous(memory_format=torch.channels_last)


def adam(network, rate, *betas):
    return torch.optim.Adam(network.parameters(), rate, betas, fused=True)


def descend(optimizer, loss):
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()


def time_step(step):
    """`step()` returns both losses."""
    report(lambda: [loss.item() for loss in step()], settings["warmup"], settings["steps"])
