"""The step of wgangp.ts in PyTorch."""
import math

import torch
from torch import nn
from torch.nn import functional as F

from torch_parts import adam, descend, images, prepared, time_step

BATCH, LATENT = 16, 128


class Conv(nn.Module):
    """With an equalised learning rate."""

    def __init__(self, of, to, size=3):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.randn(to, of, size, size)), nn.Parameter(torch.zeros(to))
        self.scale = math.sqrt(2 / (of * size * size))

    def forward(self, x):
        return F.conv2d(x, self.weight * self.scale, self.bias, padding="same")


class Linear(nn.Module):
    def __init__(self, of, to):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.randn(to, of)), nn.Parameter(torch.zeros(to))
        self.scale = math.sqrt(2 / of)

    def forward(self, x):
        return F.linear(x, self.weight * self.scale, self.bias)


def activate(x):
    return F.leaky_relu(x, 0.2)


def pixel_norm(x):
    return x * torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-8)


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.project, self.first = Linear(LATENT, 2048), Conv(128, 128)
        sizes = ((128, 128), (128, 64), (64, 32))
        self.blocks = nn.ModuleList(nn.ModuleList([Conv(of, to), Conv(to, to)]) for of, to in sizes)
        self.image = Conv(32, 3, 1)

    def forward(self, z):
        h = pixel_norm(activate(self.project(pixel_norm(z)).view(-1, 128, 4, 4)))
        h = pixel_norm(activate(self.first(h)))
        for conv1, conv2 in self.blocks:
            h = pixel_norm(activate(conv1(F.interpolate(h, scale_factor=2, mode="nearest"))))
            h = pixel_norm(activate(conv2(h)))
        return self.image(h)


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.image = Conv(3, 32, 1)
        sizes = ((32, 64), (64, 128), (128, 128))
        self.blocks = nn.ModuleList(nn.ModuleList([Conv(of, of), Conv(of, to)]) for of, to in sizes)
        self.last, self.dense, self.logit = Conv(129, 128), Linear(2048, 128), Linear(128, 1)

    def forward(self, x):
        h = activate(self.image(x))
        for conv1, conv2 in self.blocks:
            h = F.avg_pool2d(activate(conv2(activate(conv1(h)))), 2)
        deviation = (h.var(0, unbiased=False) + 1e-8).sqrt().mean()
        h = activate(self.last(torch.cat([h, deviation.expand(h.shape[0], 1, 4, 4)], 1)))
        return self.logit(activate(self.dense(h.flatten(1))))


(G, generate), (D, judge) = prepared(Generator()), prepared(Discriminator())
real = images(BATCH)
for_G, for_D = adam(G, 1e-3, 0.0, 0.99), adam(D, 1e-3, 0.0, 0.99)


def step():
    with torch.no_grad():
        fake = generate(torch.randn(BATCH, LATENT))
    D.requires_grad_(True)
    on_real, on_fake = judge(real), judge(fake)
    between = (real + torch.rand(BATCH, 1, 1, 1) * (fake - real)).requires_grad_(True)
    (gradient,) = torch.autograd.grad(judge(between).sum(), between, create_graph=True)
    slopes = (gradient.square().sum((1, 2, 3)) + 1e-12).sqrt()
    penalty = 10 * (slopes - 1).square().mean() + 1e-3 * on_real.square().mean()
    loss_D = on_fake.mean() - on_real.mean() + penalty
    descend(for_D, loss_D)
    D.requires_grad_(False)
    loss_G = -judge(generate(torch.randn(BATCH, LATENT))).mean()
    descend(for_G, loss_G)
    return loss_D, loss_G


time_step(step)
