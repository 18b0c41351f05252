"""The DCGAN step of apps/bench in PyTorch on a device. Arguments: cpu or gpu, float32 or bfloat16, timed steps, batch."""
import json
import sys
import time

import torch
from torch import nn
from torch.nn.functional import softplus

where, precision, steps = sys.argv[1], sys.argv[2], int(sys.argv[3])
device = torch.device("cuda" if where == "gpu" else "cpu")
torch.backends.cudnn.benchmark = True
torch.manual_seed(1)
BATCH, LATENT = int(sys.argv[4]), 128


def up(of, to):
    return nn.ConvTranspose2d(of, to, 4, 2, 1, bias=False), nn.BatchNorm2d(to), nn.ReLU()


def down(of, to):
    return nn.Conv2d(of, to, 4, 2, 1, bias=False), nn.BatchNorm2d(to), nn.LeakyReLU(0.2)


G = nn.Sequential(
    nn.Linear(LATENT, 16 * 512), nn.Unflatten(1, (512, 4, 4)), nn.BatchNorm2d(512), nn.ReLU(),
    *up(512, 256), *up(256, 128), *up(128, 64), nn.Conv2d(64, 3, 3, 1, 1), nn.Tanh(),
).to(device)
D = nn.Sequential(
    nn.Conv2d(3, 64, 3, 1, 1), nn.LeakyReLU(0.2),
    *down(64, 128), *down(128, 256), *down(256, 512), nn.Flatten(), nn.Linear(16 * 512, 1),
).to(device)
real = torch.rand(BATCH, 3, 32, 32, device=device) * 2 - 1
adam = [torch.optim.Adam(net.parameters(), 2e-4, (0.5, 0.999), fused=where == "gpu") for net in (D, G)]


def descend(optimizer, loss):
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()


def step():
    with torch.autocast(device.type, torch.bfloat16, enabled=precision == "bfloat16"):
        with torch.no_grad():
            fake = G(torch.randn(BATCH, LATENT, device=device))
        D.requires_grad_(True)
        loss_D = softplus(-D(real).float()).mean() + softplus(D(fake).float()).mean()
    descend(adam[0], loss_D)
    D.requires_grad_(False)
    with torch.autocast(device.type, torch.bfloat16, enabled=precision == "bfloat16"):
        loss_G = softplus(-D(G(torch.randn(BATCH, LATENT, device=device))).float()).mean()
    descend(adam[1], loss_G)
    return loss_D.item(), loss_G.item()


def timed():
    begin = time.perf_counter()
    losses = step()
    return (time.perf_counter() - begin) * 1000, losses


first = timed()
timed()
rest = [timed() for _ in range(steps)]
name = torch.cuda.get_device_name() if where == "gpu" else "CPU"
print(json.dumps({
    "firstMs": first[0], "stepMs": [ms for ms, _ in rest], "firstLosses": first[1], "losses": rest[-1][1], "device": name,
}))
