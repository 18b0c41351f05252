"""The step of dcgan.ts in PyTorch. Arguments: `eager`, `channels_last` or `compile`, then the settings as JSON."""
import json
import sys

import torch
from torch import nn
from torch.nn.functional import softplus

from timing import report

mode, settings = sys.argv[1], json.loads(sys.argv[2])
torch.set_num_threads(settings["threads"])
torch.manual_seed(1)
BATCH, LATENT = 64, 128


def up(of, to):
    return nn.ConvTranspose2d(of, to, 4, 2, 1, bias=False), nn.BatchNorm2d(to), nn.ReLU()


def down(of, to):
    return nn.Conv2d(of, to, 4, 2, 1, bias=False), nn.BatchNorm2d(to), nn.LeakyReLU(0.2)


G = nn.Sequential(
    nn.Linear(LATENT, 16 * 512), nn.Unflatten(1, (512, 4, 4)), nn.BatchNorm2d(512), nn.ReLU(),
    *up(512, 256), *up(256, 128), *up(128, 64), nn.Conv2d(64, 3, 3, 1, 1), nn.Tanh(),
)
D = nn.Sequential(
    nn.Conv2d(3, 64, 3, 1, 1), nn.LeakyReLU(0.2),
    *down(64, 128), *down(128, 256), *down(256, 512), nn.Flatten(), nn.Linear(16 * 512, 1),
)
real = torch.rand(BATCH, 3, 32, 32) * 2 - 1
# Its best layout for convolutions on CPUs; torch.compile was also faster with it.
if mode != "eager":
    G, D = G.to(memory_format=torch.channels_last), D.to(memory_format=torch.channels_last)
    real = real.contiguous(memory_format=torch.channels_last)
for_G, for_D = (torch.optim.Adam(m.parameters(), 2e-4, (0.5, 0.999), fused=True) for m in (G, D))
generate, judge = (torch.compile(G), torch.compile(D)) if mode == "compile" else (G, D)


def step():
    with torch.no_grad():
        fake = generate(torch.randn(BATCH, LATENT))
    D.requires_grad_(True)
    loss_D = softplus(-judge(real)).mean() + softplus(judge(fake)).mean()
    for_D.zero_grad(set_to_none=True)
    loss_D.backward()
    for_D.step()
    D.requires_grad_(False)
    loss_G = softplus(-judge(generate(torch.randn(BATCH, LATENT)))).mean()
    for_G.zero_grad(set_to_none=True)
    loss_G.backward()
    for_G.step()
    return [loss_D.item(), loss_G.item()]


report(step, settings["warmup"], settings["steps"])
