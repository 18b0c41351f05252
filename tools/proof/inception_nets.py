"""Inception-v3 of pytorch-fid without its download, and drawn weights for it."""
import torch
from pytorch_fid import inception as fid


def fid_network():
    """What pytorch-fid's `fid_inception_v3` builds before it loads weights."""
    net = fid._inception_v3(num_classes=1008, aux_logits=False, weights=None)
    net.Mixed_5b = fid.FIDInceptionA(192, pool_features=32)
    net.Mixed_5c = fid.FIDInceptionA(256, pool_features=64)
    net.Mixed_5d = fid.FIDInceptionA(288, pool_features=64)
    net.Mixed_6b = fid.FIDInceptionC(768, channels_7x7=128)
    net.Mixed_6c = fid.FIDInceptionC(768, channels_7x7=160)
    net.Mixed_6d = fid.FIDInceptionC(768, channels_7x7=160)
    net.Mixed_6e = fid.FIDInceptionC(768, channels_7x7=192)
    net.Mixed_7b = fid.FIDInceptionE_1(1280)
    net.Mixed_7c = fid.FIDInceptionE_2(2048)
    return net


@torch.no_grad()
def drawn(net):
    """Weights as large as keep the maps alive through 94 layers, and statistics that are nowhere 0 or 1."""
    for name, value in net.state_dict().items():
        if name.endswith("conv.weight") or name == "fc.weight":
            value.normal_(0, (2 / value[0].numel()) ** 0.5)
        elif name.endswith(("bn.weight", "running_var")):
            value.uniform_(0.7, 1.3)
        elif not name.endswith("num_batches_tracked"):
            value.normal_(0, 0.1)
    return net.eval()
