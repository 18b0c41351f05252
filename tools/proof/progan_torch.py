"""ProGAN in PyTorch on weights and inputs from Kiln, and weights of its own for Kiln.

    python progan_torch.py FOLDER

FOLDER holds `case.json` and, as safetensors, z and the weights of G and D in the names of facebookresearch/pytorch_GAN_zoo for
each side. Writes the images of G and the logits of D on them for each share of the last side, and a checkpoint `theirs.pt` of
networks that PyTorch has drawn, with their images and logits. With KILN_PYTORCH_GAN_ZOO naming a checkout its own classes are used;
without, the ones below, which follow the paper and its names.
"""
import json
import os
import sys
from math import prod, sqrt

import torch
from torch import nn
from torch.nn import functional as F

from tensors import load, save

GROUP = 4


class Scaled(nn.Module):
    """He's constant multiplies the sum of a layer and its bias."""

    def __init__(self, layer):
        super().__init__()
        self.module = layer
        self.constant = sqrt(2 / prod(layer.weight.shape[1:]))

    def forward(self, x):
        return self.module(x) * self.constant


def conv(i, o, side=3):
    return Scaled(nn.Conv2d(i, o, side, padding=side // 2))


def pixel_norm(x):
    return x / (x.square().mean(1, keepdim=True) + 1e-8).sqrt()


def leaky(x):
    return F.leaky_relu(x, 0.2)


def activated(x):
    return pixel_norm(leaky(x))


def pairs(widths):
    return zip(widths, widths[1:])


class G(nn.Module):
    """`alpha` is the share of the side before, as for pytorch_GAN_zoo."""

    def __init__(self, widths, latent, channels):
        super().__init__()
        self.formatLayer = Scaled(nn.Linear(latent, 16 * widths[0]))
        self.groupScale0 = nn.ModuleList([conv(widths[0], widths[0])])
        self.scaleLayers = nn.ModuleList(nn.ModuleList([conv(i, o), conv(o, o)]) for i, o in pairs(widths))
        self.toRGBLayers = nn.ModuleList(conv(width, channels, 1) for width in widths)
        self.alpha = 0

    def forward(self, z):
        h = activated(self.formatLayer(pixel_norm(z)).unflatten(1, (-1, 16))).unflatten(2, (4, 4))
        h = activated(self.groupScale0[0](h))
        before = h
        for first, second in self.scaleLayers:
            before, h = h, activated(second(activated(first(F.interpolate(h, scale_factor=2)))))
        image = self.toRGBLayers[-1](h)
        if self.alpha == 0:
            return image
        coarser = self.toRGBLayers[-2](before)
        return torch.lerp(image, F.interpolate(coarser, scale_factor=2), self.alpha)


class D(nn.Module):
    """As there, and not as in the paper, 8x8 is not faded in."""

    def __init__(self, widths, channels):
        super().__init__()
        self.fromRGBLayers = nn.ModuleList(conv(channels, width, 1) for width in widths)
        self.scaleLayers = nn.ModuleList(nn.ModuleList([conv(o, o), conv(o, i)]) for i, o in pairs(widths))
        last = widths[0]
        self.groupScaleZero = nn.ModuleList([conv(last + 1, last), Scaled(nn.Linear(16 * last, last))])
        self.decisionLayer = Scaled(nn.Linear(last, 1))
        self.alpha = 0

    def forward(self, images):
        h = leaky(self.fromRGBLayers[-1](images))
        scales = list(self.scaleLayers)[::-1]
        for index, (first, second) in enumerate(scales):
            h = F.avg_pool2d(leaky(second(leaky(first(h)))), 2)
            if index == 0 and self.alpha > 0 and len(scales) > 1:
                h = torch.lerp(h, leaky(self.fromRGBLayers[-2](F.avg_pool2d(images, 2))), self.alpha)
        groups = h.unflatten(0, (-1, GROUP))
        deviations = (groups.var(1, unbiased=True) + 1e-8).sqrt().mean((1, 2, 3))
        maps = deviations.repeat_interleave(GROUP)[:, None, None, None].expand(-1, 1, 4, 4)
        h = leaky(self.groupScaleZero[0](torch.cat([h, maps], 1)))
        return self.decisionLayer(leaky(self.groupScaleZero[1](h.flatten(1))))


def own(widths, latent, channels):
    return G(widths, latent, channels), D(widths, channels)


def original(widths, latent, channels):
    from models.networks.progressive_conv_net import DNet, GNet

    g = GNet(latent, widths[0], dimOutput=channels)
    d = DNet(widths[0], miniBatchNormalization=True, dimInput=channels)
    for width in widths[1:]:
        g.addScale(width)
        d.addScale(width)
    return g, d


def save_own(g, d, path):
    config = {"equalizedlR": True, "leakyReluLeak": 0.2, "perChannelNormalization": True, "lossCriterion": "WGANGP", "alpha": 0}
    torch.save({"config": config, "netG": g.state_dict(), "netD": d.state_dict(), "avgG": g.state_dict()}, path)


def save_original(g, d, path):
    from models.progressive_gan import ProgressiveGAN

    class Saved(ProgressiveGAN):
        # The betas of its own optimisers are of two types, which PyTorch refuses by now; they are not saved.
        getOptimizerG = getOptimizerD = lambda self: torch.optim.SGD(self.netD.parameters())

    channels, first = g.toRGBLayers[0].module.weight.shape[:2]
    gan = Saved(dimLatentVector=g.formatLayer.module.weight.shape[1], depthScale0=first, miniBatchStdDev=True,
                dimOutput=channels, useGPU=False)
    gan.netG, gan.netD = g, d
    gan.buildAvG()
    gan.save(path)


def pass_through(g, d, z, alpha):
    """Images and logits. Kiln's groups are samples with the same remainder, pytorch_GAN_zoo's ones that follow each other."""
    g.alpha = d.alpha = alpha
    batch = len(z)
    order = torch.arange(batch).reshape(GROUP, batch // GROUP).T.flatten()
    images = g(z)
    logits = torch.empty(batch, 1)
    logits[order] = d(images[order])
    return {"images": images.permute(0, 2, 3, 1).contiguous(), "logits": logits}


def drawn(g, d):
    """Numbers everywhere; the first bias, which Kiln's layer has for a feature, is the same for its pixels."""
    torch.manual_seed(1)
    for net in (g, d):
        for name, value in net.named_parameters():
            value.data.normal_(std=1 if name.endswith("weight") else 0.5)
    bias = g.formatLayer.module.bias.data
    bias.copy_(bias[::16].repeat_interleave(16))


def count(net):
    return sum(value.numel() for value in net.parameters())


folder = sys.argv[1]
case = json.load(open(f"{folder}/case.json"))
checkout = os.environ.get("KILN_PYTORCH_GAN_ZOO")
if checkout:
    sys.path.insert(0, checkout)
make = original if checkout else own
outputs = {}
with torch.no_grad():
    for side, widths in case["widths"].items():
        g, d = make(widths, case["latent"], 3)
        for net, name in ((g, "G"), (d, "D")):
            net.load_state_dict(load(f"{folder}/{name}{side}.safetensors"))
        z = load(f"{folder}/z{side}.safetensors")["z"]
        for alpha in case["alphas"]:
            for name, value in pass_through(g, d, z, 1 - alpha).items():
                outputs[f"{name}{side}/{alpha}"] = value
    theirs = case["theirs"]
    g, d = make(theirs["widths"], theirs["latent"], 1)
    drawn(g, d)
    (save_original if checkout else save_own)(g, d, f"{folder}/theirs.pt")
    z = load(f"{folder}/z.safetensors")["z"]
    for name, value in pass_through(g, d, z, 0).items():
        outputs[f"{name}/theirs"] = value
    largest = make(case["largest"], case["latent"], 3)
save(f"{folder}/outputs.safetensors", outputs)
print(json.dumps({"reference": "pytorch_GAN_zoo" if checkout else "progan_torch.py",
                  "parameters": {name: count(net) for net, name in zip(largest, "GD")}}))
