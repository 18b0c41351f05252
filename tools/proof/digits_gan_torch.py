"""The networks and budget of `digits-dcgan` / `digits-cgan` in PyTorch, as a yardstick.

    python digits_gan_torch.py DATA_FOLDER OUT.npy --kimg 600 [--conditional] [--width 64] [--beta1 0.5] ...

Same layers, initial weights' distribution, losses, Adam, batch norm and averaging; one process, same global batch.
"""
import argparse
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from digits_quality import load

parser = argparse.ArgumentParser()
parser.add_argument("data")
parser.add_argument("out")
parser.add_argument("--kimg", type=float, default=600)
parser.add_argument("--batch", type=int, default=64)
parser.add_argument("--width", type=int, default=32)
parser.add_argument("--latent", type=int, default=64)
parser.add_argument("--rate-g", type=float, default=2e-4)
parser.add_argument("--rate-d", type=float, default=2e-4)
parser.add_argument("--half-life", type=float, default=0)
parser.add_argument("--beta1", type=float, default=0.5)
parser.add_argument("--ema-kimg", type=float, default=10)
parser.add_argument("--distribution", choices=["uniform", "bernoulli"], default="uniform")
parser.add_argument("--conditional", action="store_true")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--threads", type=int, default=2)
a = parser.parse_args()
torch.manual_seed(a.seed)
torch.set_num_threads(a.threads)
classes = 10 if a.conditional else 0


class G(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.ConvTranspose2d(a.latent + classes, 2 * a.width, 2, bias=False), nn.BatchNorm2d(2 * a.width), nn.ReLU(),
            nn.ConvTranspose2d(2 * a.width, a.width, 4, 2, 1, bias=False), nn.BatchNorm2d(a.width), nn.ReLU(),
            nn.ConvTranspose2d(a.width, 1, 4, 2, 1), nn.Tanh())

    def forward(self, z, y):
        code = torch.cat([z, F.one_hot(y, 10).float()], 1) if classes else z
        return self.net(code[:, :, None, None])


class D(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(1 + classes, a.width, 4, 2, 1), nn.LeakyReLU(0.2),
            nn.Conv2d(a.width, 2 * a.width, 4, 2, 1, bias=False), nn.BatchNorm2d(2 * a.width), nn.LeakyReLU(0.2),
            nn.Conv2d(2 * a.width, 1, 2))

    def forward(self, x, y):
        if classes:
            x = torch.cat([x, F.one_hot(y, 10).float()[:, :, None, None].expand(-1, -1, 8, 8)], 1)
        return self.net(x).flatten(1)


def init(module):
    if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.normal_(module.weight, 0, 0.02)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
    if isinstance(module, nn.BatchNorm2d):
        nn.init.normal_(module.weight, 1, 0.02)


images, labels = load(a.data)
x = torch.tensor(images[:1497]).permute(0, 3, 1, 2)
y = torch.tensor(labels[:1497])
g, d, average = G(), D(), G()
g.apply(init), d.apply(init)
average.load_state_dict(g.state_dict())
optimizer_g = torch.optim.Adam(g.parameters(), a.rate_g, (a.beta1, 0.999))
optimizer_d = torch.optim.Adam(d.parameters(), a.rate_d, (a.beta1, 0.999))


def noise(count=a.batch):
    z = torch.rand(count, a.latent) * 2 - 1
    return z.sign() if a.distribution == "bernoulli" else z



seen, order, begin = 0, torch.empty(0, dtype=torch.long), time.time()
while seen < a.kimg * 1000:
    if len(order) < a.batch:
        order = torch.cat([order, torch.randperm(len(x))])
    rows, order = order[:a.batch], order[a.batch:]
    if a.half_life:
        for optimizer, rate in ((optimizer_g, a.rate_g), (optimizer_d, a.rate_d)):
            optimizer.param_groups[0]["lr"] = rate * 0.5 ** (seen / 1000 / a.half_life)
    optimizer_d.zero_grad()
    fake = g(noise(), y[rows]).detach()
    loss_d = F.softplus(-d(x[rows], y[rows])).mean() + F.softplus(d(fake, y[rows])).mean()
    loss_d.backward()
    optimizer_d.step()
    optimizer_g.zero_grad()
    asked = torch.randint(10, (a.batch,))
    loss_g = F.softplus(-d(g(noise(), asked), asked)).mean()
    loss_g.backward()
    optimizer_g.step()
    seen += a.batch
    half = min(a.ema_kimg * 1000, seen * 0.05)
    decay = 0.5 ** (a.batch / half)
    with torch.no_grad():
        for target, value in zip(average.state_dict().values(), g.state_dict().values()):
            if target.dtype.is_floating_point:
                target.lerp_(value, 1 - decay)
seconds = time.time() - begin
average.eval()
with torch.no_grad():
    samples = average(noise(1000), torch.arange(1000) % 10)
np.save(a.out, samples.permute(0, 2, 3, 1).numpy())
print(f"{seconds:.1f} s, {a.kimg / seconds:.3f} kimg/s, loss D {loss_d.item():.3f} G {loss_g.item():.3f}")
