"""The step of biggan.ts in PyTorch."""
import torch
from torch import nn
from torch.nn import functional as F

from torch_parts import adam, descend, images, prepared, time_step

BATCH, CLASSES, LATENT, CODE, WIDTH = 32, 10, 64, 64, 32


class Normalized(nn.Module):
    """A kernel over its largest singular value, which one step of the power iteration follows."""

    def __init__(self, *shape, bias=0):
        super().__init__()
        self.weight = nn.Parameter(nn.init.orthogonal_(torch.empty(shape)))
        self.bias = nn.Parameter(torch.zeros(bias)) if bias else None
        self.register_buffer("left", F.normalize(torch.randn(shape[0]), dim=0))

    def kernel(self):
        matrix = self.weight.flatten(1)
        with torch.no_grad():
            right = F.normalize(matrix.t() @ self.left, dim=0, eps=1e-12)
            left = F.normalize(matrix @ right, dim=0, eps=1e-12)
            self.left.copy_(left)
        return self.weight / torch.dot(left, matrix @ right)


class Conv(Normalized):
    def __init__(self, of, to, size):
        super().__init__(to, of, size, size, bias=to)

    def forward(self, x):
        return F.conv2d(x, self.kernel(), self.bias, padding="same")


class Linear(Normalized):
    def __init__(self, of, to, bias=True):
        super().__init__(to, of, bias=to if bias else 0)

    def forward(self, x):
        return F.linear(x, self.kernel(), self.bias)


class Embedding(Normalized):
    def forward(self, labels):
        return F.embedding(labels, self.kernel())


class ConditionalNorm(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norm = nn.BatchNorm2d(channels, affine=False)
        self.gain, self.offset = (Linear(LATENT + CODE, channels, bias=False) for _ in range(2))

    def forward(self, x, condition):
        scale, shift = 1 + self.gain(condition), self.offset(condition)
        return self.norm(x) * scale[:, :, None, None] + shift[:, :, None, None]


def doubled(x):
    return F.interpolate(x, scale_factor=2, mode="nearest")


class Up(nn.Module):
    def __init__(self, of, to):
        super().__init__()
        self.norm1, self.norm2 = ConditionalNorm(of), ConditionalNorm(to)
        self.conv1, self.conv2, self.shortcut = Conv(of, to, 3), Conv(to, to, 3), Conv(of, to, 1)

    def forward(self, x, condition):
        h = self.conv1(doubled(F.relu(self.norm1(x, condition))))
        return self.conv2(F.relu(self.norm2(h, condition))) + self.shortcut(doubled(x))


class Down(nn.Module):
    def __init__(self, of, to, preactivation, down):
        super().__init__()
        self.conv1, self.conv2 = Conv(of, to, 3), Conv(to, to, 3)
        self.shortcut = Conv(of, to, 1) if down else None
        self.preactivation = preactivation

    def forward(self, x):
        h = self.conv2(F.relu(self.conv1(F.relu(x) if self.preactivation else x)))
        return h + x if self.shortcut is None else F.avg_pool2d(h, 2) + F.avg_pool2d(self.shortcut(x), 2)


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.code, self.project = nn.Embedding(CLASSES, CODE), Linear(LATENT, 16 * 4 * WIDTH)
        self.blocks = nn.ModuleList(Up(of * WIDTH, to * WIDTH) for of, to in ((4, 4), (4, 2), (2, 1)))
        self.norm, self.image = nn.BatchNorm2d(WIDTH), Conv(WIDTH, 3, 3)

    def forward(self, z, labels):
        condition = torch.cat([z, self.code(labels)], 1)
        h = self.project(z).view(-1, 4 * WIDTH, 4, 4)
        for block in self.blocks:
            h = block(h, condition)
        return torch.tanh(self.image(F.relu(self.norm(h))))


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = ((3, WIDTH), (WIDTH, 2 * WIDTH), (2 * WIDTH, 4 * WIDTH), (4 * WIDTH, 4 * WIDTH))
        self.blocks = nn.ModuleList(Down(of, to, index > 0, index < 3) for index, (of, to) in enumerate(sizes))
        self.logit, self.code = Linear(4 * WIDTH, 1), Embedding(CLASSES, 4 * WIDTH)

    def forward(self, h, labels):
        for block in self.blocks:
            h = block(h)
        features = F.relu(h).sum((2, 3))
        return self.logit(features) + (self.code(labels) * features).sum(1, keepdim=True)


(G, generate), (D, judge) = prepared(Generator()), prepared(Discriminator())
average = [value.detach().clone() for value in G.parameters()]
real, labels = images(BATCH), torch.arange(BATCH) % CLASSES
for_G, for_D = adam(G, 2e-4, 0.0, 0.999), adam(D, 2e-4, 0.0, 0.999)


def step():
    z, y = torch.randn(BATCH, LATENT), torch.randint(CLASSES, (BATCH,))
    with torch.no_grad():
        fake = generate(z, y)
    D.requires_grad_(True)
    on_fake, on_real = judge(torch.cat([fake, real]), torch.cat([y, labels])).chunk(2)
    loss_D = F.relu(1 + on_fake).mean() + F.relu(1 - on_real).mean()
    descend(for_D, loss_D)
    D.requires_grad_(False)
    z, y = torch.randn(BATCH, LATENT), torch.randint(CLASSES, (BATCH,))
    loss_G = -judge(generate(z, y), y).mean()
    descend(for_G, loss_G)
    with torch.no_grad():
        torch._foreach_lerp_(average, list(G.parameters()), 0.001)
    return loss_D, loss_G


time_step(step)
