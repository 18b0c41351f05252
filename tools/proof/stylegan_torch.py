"""StyleGAN in PyTorch on weights and inputs from Kiln.

    python stylegan_torch.py FOLDER

FOLDER holds `case.json` and, as safetensors, the weights of G and D in the names of rosinality/style-based-gan-pytorch, z
and noise. Writes w, the images of G and the logits of D on them. With KILN_STYLE_BASED_GAN_PYTORCH naming a checkout its own
classes are used; without, the ones below, which follow the paper and its names.
"""
import json
import os
import sys
from math import sqrt

import torch
from torch import nn
from torch.nn import functional as F

from tensors import load, save


class Equal(nn.Module):
    """A kernel that He's constant multiplies when it is used."""

    def __init__(self, *shape, fan_in, bias=True):
        super().__init__()
        self.weight_orig = nn.Parameter(torch.zeros(*shape))
        self.bias = nn.Parameter(torch.zeros(shape[0])) if bias else None
        self.gain = sqrt(2 / fan_in)

    @property
    def weight(self):
        return self.weight_orig * self.gain


class Linear(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.linear = Equal(o, i, fan_in=i)

    def forward(self, x):
        return F.linear(x, self.linear.weight, self.linear.bias)


class Conv(nn.Module):
    def __init__(self, i, o, side=3, padding=1):
        super().__init__()
        self.conv = Equal(o, i, side, side, fan_in=i * side * side)
        self.padding = padding

    def forward(self, x):
        return F.conv2d(x, self.conv.weight, self.conv.bias, padding=self.padding)


class Blur(nn.Module):
    def forward(self, x):
        taps = torch.tensor([1.0, 2.0, 1.0]) / 4
        return F.conv2d(x, (taps[:, None] * taps).expand(x.shape[1], 1, 3, 3), padding=1, groups=x.shape[1])


class PixelNorm(nn.Module):
    def forward(self, x):
        return x / (x.square().mean(1, keepdim=True) + 1e-8).sqrt()


class Constant(nn.Module):
    def __init__(self, o):
        super().__init__()
        self.input = nn.Parameter(torch.zeros(1, o, 4, 4))


class AdaIn(nn.Module):
    def __init__(self, o, features):
        super().__init__()
        self.style = Linear(features, 2 * o)

    def forward(self, x, w):
        scale, shift = self.style(w)[:, :, None, None].chunk(2, 1)
        return scale * F.instance_norm(x, eps=1e-5) + shift


def doubled(i, o):
    return nn.Sequential(nn.Upsample(scale_factor=2), Conv(i, o), Blur())


class GBlock(nn.Module):
    def __init__(self, i, o, features):
        super().__init__()
        self.conv1 = Constant(o) if i is None else doubled(i, o)
        self.conv2 = Conv(o, o)
        self.noise1, self.noise2 = (Equal(1, o, 1, 1, fan_in=o, bias=False) for _ in range(2))
        self.adain1, self.adain2 = AdaIn(o, features), AdaIn(o, features)

    def forward(self, x, w, noise):
        h = self.conv1.input.expand(len(w), -1, -1, -1) if x is None else self.conv1(x)
        h = self.adain1(F.leaky_relu(h + self.noise1.weight * noise, 0.2), w)
        return self.adain2(F.leaky_relu(self.conv2(h) + self.noise2.weight * noise, 0.2), w)


class G(nn.Module):
    def __init__(self, widths, features, layers):
        super().__init__()
        pairs = [(Linear(features, features), nn.LeakyReLU(0.2)) for _ in range(layers)]
        self.style = nn.Sequential(PixelNorm(), *(layer for pair in pairs for layer in pair))
        self.generator = nn.Module()
        self.generator.progression = nn.ModuleList(
            GBlock(i, o, features) for i, o in zip([None, *widths], widths))
        self.generator.to_rgb = nn.ModuleList(Conv(o, 3, 1, 0) for o in widths)

    def forward(self, z, noise, step, alpha):
        w, h, before = self.style(z), None, None
        for block, own in zip(self.generator.progression[: step + 1], noise):
            h, before = block(h, w, own), h
        image = self.generator.to_rgb[step](h)
        coarser = F.interpolate(self.generator.to_rgb[step - 1](before), scale_factor=2)
        return (1 - alpha) * coarser + alpha * image


class DBlock(nn.Module):
    def __init__(self, i, o, last):
        super().__init__()
        leaky = nn.LeakyReLU(0.2)
        self.conv1 = nn.Sequential(Conv(i + last, o if last else i), leaky)
        self.conv2 = nn.Sequential(*([Conv(o, o, 4, 0)] if last else [Blur(), Conv(i, o), nn.AvgPool2d(2)]), leaky)

    def forward(self, x):
        return self.conv2(self.conv1(x))


class D(nn.Module):
    """Blocks and input layers have the numbers that they have at 1024x1024: the last of nine is that of side 4."""

    def __init__(self, widths):
        super().__init__()
        self.offset = 9 - len(widths)
        wide = widths[::-1]
        blocks = [DBlock(i, o, last=i_last) for i, o, i_last in zip(wide, [*wide[1:], wide[-1]], [False] * (len(wide) - 1) + [True])]
        self.progression = nn.ModuleList([*(nn.Identity() for _ in range(self.offset)), *blocks])
        entries = [nn.Sequential(Conv(3, i, 1, 0), nn.LeakyReLU(0.2)) for i in wide]
        self.from_rgb = nn.ModuleList([*(nn.Identity() for _ in range(self.offset)), *entries])
        self.linear = Linear(wide[-1], 1)

    def forward(self, images, step, alpha):
        first = 8 - step
        h = self.progression[first](self.from_rgb[first](images))
        h = (1 - alpha) * self.from_rgb[first + 1](F.avg_pool2d(images, 2)) + alpha * h
        for block in self.progression[first + 1 : 8]:
            h = block(h)
        deviation = (h.var(0, unbiased=False) + 1e-8).sqrt().mean()
        h = self.progression[8](torch.cat([h, deviation.expand(len(h), 1, 4, 4)], 1))
        return self.linear(h[:, :, 0, 0])


def original(folder):
    sys.path.insert(0, folder)
    from model import Discriminator, StyledGenerator

    return StyledGenerator(512), Discriminator(from_rgb_activate=True)


folder = sys.argv[1]
case = json.load(open(f"{folder}/case.json"))
checkout = os.environ.get("KILN_STYLE_BASED_GAN_PYTORCH")
g, d = original(checkout) if checkout else (G(case["widths"], case["features"], case["layers"]), D(case["widths"]))
used = 0
for net, name in ((g, "G"), (d, "D")):
    weights = load(f"{folder}/{name}.safetensors")
    used += sum(w.numel() for w in weights.values())
    missing, unexpected = net.load_state_dict(weights, strict=False)
    assert not unexpected, unexpected
    # What is left is of sides that this case does not have, or the taps of a blur.
    last = 8 - case["step"]
    for left in missing:
        number = next((int(part) for part in left.split(".") if part.isdigit()), -1)
        taps = left.endswith(("weight", "weight_flip")) and "orig" not in left
        assert taps or (number > case["step"] if name == "G" else number < last), left
inputs = load(f"{folder}/inputs.safetensors")
noise = [inputs[f"noise{step}"].permute(0, 3, 1, 2) for step in range(case["step"] + 1)]
with torch.no_grad():
    w = g.style(inputs["z"])
    images = g(inputs["z"], noise, case["step"], case["alpha"])
    logits = d(images, case["step"], case["alpha"])
save(f"{folder}/outputs.safetensors", {
    "w": w,
    "images": images.permute(0, 2, 3, 1).contiguous(),
    "logits": logits,
})
print(json.dumps({"reference": "style-based-gan-pytorch" if checkout else "stylegan_torch.py", "moved": used}))
