"""StyleGAN2 with the weights in a folder: the images and D's logits that PyTorch makes of its inputs.

With KILN_STYLEGAN2_PYTORCH, the folder of a checkout of rosinality/stylegan2-pytorch, its classes are used; otherwise the ones
below, which follow the paper and its names.
"""
import json
import os
import sys
from math import log2, sqrt

import torch
from torch import nn
from torch.nn import functional as F

from tensors import load, save


def activated(x):
    return F.leaky_relu(x, 0.2) * sqrt(2)


def filtered(x, up=1, down=1, pad=(0, 0), gain=1):
    """Zeros between pixels, a frame of zeros, [1, 3, 3, 1] along both axes, every down-th pixel."""
    n, c, h, w = x.shape
    if up > 1:
        spread = x.new_zeros(n, c, h, up, w, up)
        spread[:, :, :, 0, :, 0] = x
        x = spread.reshape(n, c, h * up, w * up)
    taps = torch.tensor([1.0, 3.0, 3.0, 1.0])
    kernel = torch.outer(taps, taps) / 64 * gain
    return F.conv2d(F.pad(x, (*pad, *pad)), kernel.expand(c, 1, 4, 4), groups=c, stride=down)


class Linear(nn.Module):
    def __init__(self, i, o, lr=1.0):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.zeros(o, i)), nn.Parameter(torch.zeros(o))
        self.scale, self.lr = lr / sqrt(i), lr

    def forward(self, x):
        return F.linear(x, self.weight * self.scale, self.bias * self.lr)


class Mapped(Linear):
    def forward(self, x):
        return activated(super().forward(x))


class Modulated(nn.Module):
    def __init__(self, i, o, k, style, up=False, demodulate=True):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1, o, i, k, k))
        self.modulation = Linear(style, i)
        self.up, self.demodulate = up, demodulate

    def forward(self, x, w):
        n, i, h, _ = x.shape
        _, o, _, k, _ = self.weight.shape
        weight = self.weight / sqrt(i * k * k) * self.modulation(w)[:, None, :, None, None]
        if self.demodulate:
            weight = weight / (weight.square().sum((2, 3, 4), keepdim=True) + 1e-8).sqrt()
        images = []
        for own, kernel in zip(x, weight):
            if self.up:
                y = F.conv_transpose2d(own[None], kernel.transpose(0, 1), stride=2)
                images.append(filtered(y, pad=(1, 1), gain=4))
            else:
                images.append(F.conv2d(own[None], kernel, padding=k // 2))
        return torch.cat(images)


class Noise(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))


class Bias(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        return activated(x + self.bias[:, None, None])


class Styled(nn.Module):
    def __init__(self, i, o, style, up=False):
        super().__init__()
        self.conv, self.noise, self.activate = Modulated(i, o, 3, style, up), Noise(), Bias(o)

    def forward(self, x, w, noise):
        return self.activate(self.conv(x, w) + self.noise.weight * noise)


class ToImage(nn.Module):
    def __init__(self, i, style):
        super().__init__()
        self.conv = Modulated(i, 3, 1, style, demodulate=False)
        self.bias = nn.Parameter(torch.zeros(1, 3, 1, 1))

    def forward(self, x, w, coarser=None):
        y = self.conv(x, w) + self.bias
        return y if coarser is None else y + filtered(coarser, up=2, pad=(2, 1), gain=4)


class Constant(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.input = nn.Parameter(torch.zeros(1, channels, 4, 4))


class G(nn.Module):
    def __init__(self, case):
        super().__init__()
        widths, style = case["widths"], case["features"]
        self.style = nn.Sequential(nn.Identity(), *[Mapped(style, style, 0.01) for _ in range(case["numLayers"])])
        self.input, self.conv1, self.to_rgb1 = Constant(widths[0]), Styled(widths[0], widths[0], style), ToImage(widths[0], style)
        self.convs, self.to_rgbs = nn.ModuleList(), nn.ModuleList()
        for i, o in zip(widths, widths[1:]):
            self.convs += [Styled(i, o, style, up=True), Styled(o, o, style)]
            self.to_rgbs.append(ToImage(o, style))

    def forward(self, codes, inject_index, noise):
        first, second = [self.style(z * (z.square().mean(1, keepdim=True) + 1e-8).rsqrt()) for z in codes]
        w = lambda layer: first if layer < inject_index else second
        x = self.conv1(self.input.input.repeat(len(first), 1, 1, 1), w(0), noise[0])
        image = self.to_rgb1(x, w(1))
        for index, to_rgb in enumerate(self.to_rgbs):
            for layer in (2 * index, 2 * index + 1):
                x = self.convs[layer](x, w(layer + 1), noise[layer + 1])
            image = to_rgb(x, w(2 * index + 3), image)
        return image, None


class Product(nn.Module):
    def __init__(self, i, o, k, stride=1, padding=0):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(o, i, k, k))
        self.stride, self.padding = stride, padding

    def forward(self, x):
        return F.conv2d(x, self.weight / sqrt(self.weight[0].numel()), stride=self.stride, padding=self.padding)


class Blur(nn.Module):
    def __init__(self, k):
        super().__init__()
        self.pad = (2, 2) if k == 3 else (1, 1)

    def forward(self, x):
        return filtered(x, pad=self.pad)


def layer(i, o, k, down=False, activate=True):
    parts = [Blur(k)] if down else []
    parts.append(Product(i, o, k, 2 if down else 1, 0 if down else k // 2))
    return nn.Sequential(*parts, *([Bias(o)] if activate else []))


class Residual(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.conv1, self.conv2, self.skip = layer(i, i, 3), layer(i, o, 3, True), layer(i, o, 1, True, False)

    def forward(self, x):
        return (self.conv2(self.conv1(x)) + self.skip(x)) / sqrt(2)


class D(nn.Module):
    def __init__(self, case):
        super().__init__()
        widths = case["widths"][::-1]
        self.convs = nn.Sequential(layer(3, widths[0], 1), *[Residual(i, o) for i, o in zip(widths, widths[1:])])
        last = widths[-1]
        self.final_conv = layer(last + 1, last, 3)
        self.final_linear = nn.Sequential(Mapped(last * 16, last), Linear(last, 1))

    def forward(self, x):
        h = self.convs(x)
        groups = h.reshape(4, -1, *h.shape[1:])
        deviation = (groups.var(0, unbiased=False) + 1e-8).sqrt().mean((1, 2, 3))
        h = torch.cat([h, deviation.repeat(4)[:, None, None, None].expand(-1, 1, 4, 4)], 1)
        return self.final_linear(self.final_conv(h).flatten(1))


def original(case, folder):
    # Its ops have fallbacks for CPUs, but compile their CUDA code when they are imported.
    import torch.utils.cpp_extension

    torch.utils.cpp_extension.load = lambda *args, **kwargs: None
    sys.path.insert(0, folder)
    import model

    g = model.Generator(case["resolution"], case["features"], case["numLayers"], channel_multiplier=1)
    return g, model.Discriminator(case["resolution"], channel_multiplier=1)


folder = sys.argv[1]
case = json.load(open(f"{folder}/case.json"))
checkout = os.environ.get("KILN_STYLEGAN2_PYTORCH")
g, d = original(case, checkout) if checkout else (G(case), D(case))
for net, name in ((g, "G"), (d, "D")):
    missing, left = net.load_state_dict(load(f"{folder}/{name}.safetensors"), strict=False)
    # Filters and fixed noise are constants of theirs.
    missing = [key for key in missing if not key.endswith("kernel") and not key.startswith("noises.")]
    if missing or left:
        sys.exit(f"{name}: {missing} are missing, {left} are left over")
inputs = load(f"{folder}/inputs.safetensors")
noise = [inputs[f"noise{i}"].permute(0, 3, 1, 2) for i in range(2 * int(log2(case["resolution"])) - 3)]
with torch.no_grad():
    images, _ = g([inputs["z"], inputs["other"]], inject_index=case["crossover"], noise=noise)
    logits = d(images)
save(f"{folder}/outputs.safetensors", {"images": images.permute(0, 2, 3, 1).contiguous(), "logits": logits})
print(json.dumps({"reference": "stylegan2-pytorch" if checkout else "stylegan2_torch.py",
                  "parametersG": sum(p.numel() for p in g.parameters()),
                  "parametersD": sum(p.numel() for p in d.parameters())}))
