"""The step of dcgan.ts in PyTorch."""
import torch
from torch import nn
from torch.nn.functional import softplus

from torch_parts import adam, descend, images, prepared, time_step

BATCH, LATENT = 64, 128


def up(of, to):
    return nn.ConvTranspose2d(of, to, 4, 2, 1, bias=False), nn.BatchNorm2d(to), nn.ReLU()


def down(of, to):
    return nn.Conv2d(of, to, 4, 2, 1, bias=False), nn.BatchNorm2d(to), nn.LeakyReLU(0.2)


G, generate = prepared(nn.Sequential(
    nn.Linear(LATENT, 16 * 512), nn.Unflatten(1, (512, 4, 4)), nn.BatchNorm2d(512), nn.ReLU(),
    *up(512, 256), *up(256, 128), *up(128, 64), nn.Conv2d(64, 3, 3, 1, 1), nn.Tanh(),
))
D, judge = prepared(nn.Sequential(
    nn.Conv2d(3, 64, 3, 1, 1), nn.LeakyReLU(0.2),
    *down(64, 128), *down(128, 256), *down(256, 512), nn.Flatten(), nn.Linear(16 * 512, 1),
))
real = images(BATCH)
for_G, for_D = adam(G, 2e-4, 0.5, 0.999), adam(D, 2e-4, 0.5, 0.999)


def step():
    with torch.no_grad():
        fake = generate(torch.randn(BATCH, LATENT))
    D.requires_grad_(True)
    loss_D = softplus(-judge(real)).mean() + softplus(judge(fake)).mean()
    descend(for_D, loss_D)
    D.requires_grad_(False)
    loss_G = softplus(-judge(generate(torch.randn(BATCH, LATENT)))).mean()
    descend(for_G, loss_G)
    return loss_D, loss_G


time_step(step)
