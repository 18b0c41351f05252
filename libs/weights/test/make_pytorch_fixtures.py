"""Writes the PyTorch files of `fixtures/`, each a few kilobytes, and `pytorch.json` with the numbers in them.

    python make_pytorch_fixtures.py        (torch 2.15)
"""
import argparse
import json
import os
import sys
import types
from collections import OrderedDict

import torch

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures")


class Attack:
    """What a hostile file would do: run a command as it is loaded."""

    def __reduce__(self):
        return os.system, ("touch kiln-was-here",)


def state():
    counted = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4)
    shared = torch.arange(10, dtype=torch.float32) / 4
    weights = OrderedDict(
        float32=counted + 0.5,
        float64=torch.tensor([1 / 3, -2.0], dtype=torch.float64),
        float16=torch.tensor([0.1, -65504.0, 6e-8], dtype=torch.float16),
        bfloat16=torch.tensor([3.140625, -1e30], dtype=torch.bfloat16),
        int64=torch.tensor(-7),
        int32=torch.tensor([2**20, -1], dtype=torch.int32),
        uint8=torch.tensor([0, 255], dtype=torch.uint8),
        boolean=torch.tensor([True, False]),
        empty=torch.zeros(0, 3),
        parameter=torch.nn.Parameter(torch.tensor([[2.0]])),
        transposed=counted.permute(2, 0, 1),
        strided=counted[:, ::2, 1],
        head=shared[:4],
        tail=shared[6:],
    )
    weights._metadata = OrderedDict(version=1)
    return weights


def save(name, value, **options):
    torch.save(value, os.path.join(here, name), **options)


def stylegan2_generator(value):
    """As stylegan2-pytorch's at side 8 with two features everywhere and one layer of mapping."""
    kernel = [4, 4]
    shapes = {"style.1.weight": [2, 2], "style.1.bias": [2], "input.input": [1, 2, 4, 4]}
    for name in ["conv1", "convs.0", "convs.1"]:
        shapes |= {f"{name}.conv.weight": [1, 2, 2, 3, 3], f"{name}.noise.weight": [1], f"{name}.activate.bias": [2]}
    for name in ["to_rgb1", "to_rgbs.0"]:
        shapes |= {f"{name}.conv.weight": [1, 3, 2, 1, 1], f"{name}.bias": [1, 3, 1, 1]}
    for name in ["conv1", "convs.0", "convs.1", "to_rgb1", "to_rgbs.0"]:
        shapes |= {f"{name}.conv.modulation.weight": [2, 2], f"{name}.conv.modulation.bias": [2]}
    shapes |= {"convs.0.conv.blur.kernel": kernel, "to_rgbs.0.upsample.kernel": kernel}
    shapes |= {f"noises.noise_{i}": [1, 1, side, side] for i, side in enumerate([4, 8, 8])}
    return OrderedDict((name, torch.full(shape, value)) for name, shape in shapes.items())


def stylegan2_discriminator(value):
    shapes = {"convs.0.0.weight": [2, 3, 1, 1], "convs.0.1.bias": [2],
              "convs.1.conv1.0.weight": [2, 2, 3, 3], "convs.1.conv1.1.bias": [2],
              "convs.1.conv2.0.kernel": [4, 4], "convs.1.conv2.1.weight": [2, 2, 3, 3], "convs.1.conv2.2.bias": [2],
              "convs.1.skip.0.kernel": [4, 4], "convs.1.skip.1.weight": [2, 2, 1, 1],
              "final_conv.0.weight": [2, 3, 3, 3], "final_conv.1.bias": [2],
              "final_linear.0.weight": [2, 32], "final_linear.0.bias": [2],
              "final_linear.1.weight": [1, 2], "final_linear.1.bias": [1]}
    return OrderedDict((name, torch.full(shape, value)) for name, shape in shapes.items())


def save_stylegan2():
    optimizer = {"state": {0: {"step": torch.tensor(1.0), "exp_avg": torch.zeros(2)}}, "param_groups": [{"lr": 2e-3}]}
    save("stylegan2.pt", {"g": stylegan2_generator(1.0), "d": stylegan2_discriminator(3.0),
                          "g_ema": stylegan2_generator(2.0), "g_optim": optimizer, "d_optim": optimizer,
                          "args": argparse.Namespace(size=8), "latent_avg": torch.full([2], 4.0)},
         _use_new_zipfile_serialization=False)


def progan(value, first, image, others):
    """As pytorch_GAN_zoo's G or D at side 8 with two features everywhere."""
    shapes = {f"scaleLayers.0.{i}": [2, 2, 3, 3] for i in (0, 1)} | first | others
    shapes |= {f"{image[0]}.{scale}": image[1] for scale in (0, 1)}
    return OrderedDict(pair for name, shape in shapes.items() for pair in (
        (f"{name}.module.weight", torch.full(shape, value)), (f"{name}.module.bias", torch.full(shape[:1], value))))


def save_gan_zoo():
    class BaseConfig:
        pass

    module = types.ModuleType("models.utils.config")
    module.BaseConfig = BaseConfig
    BaseConfig.__module__, BaseConfig.__qualname__ = module.__name__, "BaseConfig"
    for name in ("models", "models.utils"):
        sys.modules[name] = types.ModuleType(name)
    sys.modules[module.__name__] = module
    config = BaseConfig()
    vars(config).update(depthScale0=2, depthOtherScales=[2], alpha=0.25, equalizedlR=True, leakyReluLeak=0.2,
                        perChannelNormalization=True, miniBatchStdDev=True, lossCriterion="WGANGP", attribKeysOrder=None)
    generator = lambda value: progan(value, {"formatLayer": [32, 2]}, ("toRGBLayers", [3, 2, 1, 1]), {"groupScale0.0": [2, 2, 3, 3]})
    discriminator = progan(3.0, {"decisionLayer": [1, 2]}, ("fromRGBLayers", [2, 3, 1, 1]),
                           {"groupScaleZero.0": [2, 3, 3, 3], "groupScaleZero.1": [2, 32]})
    save("gan-zoo.pt", {"config": config, "netG": generator(1.0), "netD": discriminator, "avgG": generator(2.0)})


save("state.pth", state())
save("legacy.pth", state(), _use_new_zipfile_serialization=False)
parts = {"G": {"w": torch.tensor([1.0])}, "G_ema": {"w": torch.tensor([2.0])}}
save("checkpoint.pth", {"epoch": 2**40, "lr": 1e-4, "log": [None, True, -5, "x"], **parts})
save("alone.pt", {"epoch": 3, "state_dict": parts["G"]})
save("attack.pth", {"w": torch.tensor([1.0]), "x": Attack()})
save("attack-legacy.pth", {"w": torch.tensor([1.0]), "x": Attack()}, _use_new_zipfile_serialization=False)
save_stylegan2()
save_gan_zoo()
save("module.pth", torch.nn.Linear(2, 1))
expected = {name: {"shape": list(value.shape), "values": value.detach().double().flatten().tolist()}
            for name, value in state().items()}
with open(os.path.join(here, "pytorch.json"), "w") as file:
    json.dump(expected, file)
