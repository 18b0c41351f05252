"""The gradients of the proof in Python TensorFlow: eager ops under nested tapes. Prints one line of JSON, see gradients.ts.

Usage: tensorflow_gradients.py numbers.json
"""
import json
import math
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf


def array(plain):
    return np.array(plain["values"], np.float32).reshape(plain["shape"])


def relative(got, expected):
    """The norm of the difference over that of what is expected; two zeros agree."""
    size = float(np.linalg.norm(expected))
    difference = float(np.linalg.norm(got - expected))
    return difference / size if size > 0 else difference


# --- Layers: x is [batch, height, width, channels]; p gives the parameters of the layer by name.


class Params:
    def __init__(self, tensors, prefix=""):
        self.tensors, self.prefix = tensors, prefix

    def __getitem__(self, name):
        return self.tensors[self.prefix + name]

    def at(self, name):
        return Params(self.tensors, f"{self.prefix}{name}.")


def lrelu(x):
    return tf.nn.leaky_relu(x, 0.2)


def gained(x):
    return lrelu(x) * math.sqrt(2)


def flat(x):
    return tf.reshape(x, [x.shape[0], -1])


def conv(x, kernel, stride=1, padding="SAME"):
    return tf.nn.conv2d(x, kernel, stride, padding)


def depthwise(x, taps, pad, up=1, down=1, gain=1.0):
    """Zero insertion, padding, a separable filter on each channel, decimation."""
    b, h, w, c = x.shape
    x = tf.reshape(x, [b, h, 1, w, 1, c])
    x = tf.reshape(tf.pad(x, [[0, 0], [0, 0], [0, up - 1], [0, 0], [0, up - 1], [0, 0]]), [b, h * up, w * up, c])
    x = tf.pad(x, [[0, 0], pad, pad, [0, 0]])
    plane = np.outer(taps, taps).astype(np.float32)
    plane *= gain / plane.sum()
    kernel = tf.tile(tf.constant(plane)[:, :, None, None], [1, 1, c, 1])
    return tf.nn.depthwise_conv2d(x, kernel, [1, down, down, 1], "VALID")


def standardize(x, axes):
    """tf.nn.moments would take its mean as a constant in the variance, and then has a wrong second gradient."""
    centred = x - tf.reduce_mean(x, axes, keepdims=True)
    return centred / tf.sqrt(tf.reduce_mean(centred**2, axes, keepdims=True) + 1e-5)


def instance_norm(x, p):
    return standardize(x, [1, 2]) * p["gain"] + p["offset"]


def batch_norm(x):
    return standardize(x, [0, 1, 2])


def minibatch_stddev(x):
    b, h, w, c = x.shape
    y = tf.reshape(x, [min(4, b), -1, h, w, c])
    deviation = tf.sqrt(tf.math.reduce_variance(y, 0) + 1e-8)
    maps = tf.reshape(tf.reduce_mean(deviation, [1, 2, 3]), [-1, 1, 1, 1])
    maps = tf.tile(maps, [min(4, b), h, w, 1])
    return tf.concat([x, maps], 3)


def nearest(x):
    """TensorFlow's own nearest resize has no second gradient."""
    return tf.repeat(tf.repeat(x, 2, 1), 2, 2)


def bilinear(x, size):
    """As products: TensorFlow declares ResizeBilinearGrad not differentiable and so drops a part of second gradients."""

    def weights(length):
        at = np.clip((np.arange(size) + 0.5) * length / size - 0.5, 0, length - 1)
        return np.maximum(0, 1 - np.abs(at[:, None] - np.arange(length))).astype(np.float32)

    rows = tf.einsum("ij,bjkc->bikc", weights(x.shape[1]), x)
    return tf.einsum("ij,bkjc->bkic", weights(x.shape[2]), rows)


def equalized(x, p, resample=None, bias=True):
    kernel = p["kernel"]
    kernel = kernel / math.sqrt(np.prod(kernel.shape[:-1]))
    if resample == "down":
        y = conv(depthwise(x, [1, 3, 3, 1], [2, 2]), kernel, 2, "VALID")
    else:
        y = conv(x, kernel)
    return y + p["bias"] if bias else y


def equalized_dense(x, p, multiplier=1.0):
    kernel = p["kernel"]
    return x @ (kernel * (multiplier / math.sqrt(kernel.shape[0]))) + p["bias"] * multiplier


def modulated(x, w, p, up=False, demodulate=True):
    """Equations 1 to 3 literally: a kernel for each sample, a convolution for each."""
    kernel = p["kernel"]
    if up:
        kernel = tf.transpose(kernel, [0, 1, 3, 2])
    kernel = kernel / math.sqrt(np.prod(kernel.shape[:3]))
    styles = equalized_dense(w, p.at("style"))
    own = kernel[None] * styles[:, None, None, :, None]
    if demodulate:
        own = own * tf.math.rsqrt(tf.reduce_sum(own**2, [1, 2, 3], keepdims=True) + 1e-8)
    images = []
    for sample, k in zip(tf.split(x, x.shape[0]), tf.unstack(own)):
        if up:
            side = (x.shape[1] - 1) * 2 + k.shape[0]
            shape = [1, side, side, k.shape[3]]
            y = tf.nn.conv2d_transpose(sample, tf.transpose(k, [0, 1, 3, 2]), shape, 2, "VALID")
            images.append(depthwise(y, [1, 3, 3, 1], [1, 1], gain=4.0))
        else:
            images.append(conv(sample, k))
    return tf.concat(images, 0)


def spectral(kernel, axis, p, state):
    """One step of the power iteration without a gradient, as torch.no_grad() in BigGAN-PyTorch."""
    order = [i for i in range(len(kernel.shape)) if i != axis] + [axis]
    matrix = tf.reshape(tf.transpose(kernel, order), [-1, kernel.shape[axis]])
    constant = tf.stop_gradient(matrix)
    name = p.prefix + "u"
    v = tf.math.l2_normalize(tf.linalg.matmul(state[name], constant, transpose_b=True))
    u = tf.math.l2_normalize(tf.linalg.matmul(v, constant))
    state[name] = u
    return kernel / tf.reduce_sum(tf.linalg.matmul(v, matrix) * u)


# --- Networks, as in penalties.ts.


def critic(x, p):
    h = lrelu(conv(x, p["a.kernel"]) + p["a.bias"])
    h = tf.nn.conv2d_transpose(h, p["up.kernel"], [h.shape[0], 32, 32, 8], 2, "SAME") + p["up.bias"]
    h = lrelu(instance_norm(h, p.at("up")))
    h = tf.nn.avg_pool2d(depthwise(h, [1, 2, 1], [1, 1]), 2, 2, "VALID")
    h = lrelu(conv(h, p["b.kernel"], 2) + p["b.bias"])
    h = h * tf.math.rsqrt(tf.reduce_mean(h**2, -1, keepdims=True) + 1e-8)
    h = bilinear(nearest(h), 12)
    h = batch_norm(conv(h, p["c.kernel"]) + p["c.bias"]) * p["c.gain"] + p["c.offset"]
    h = tf.nn.max_pool2d(h, 2, 2, "VALID")
    h = tf.tanh(minibatch_stddev(lrelu(h)))
    return flat(h) @ p["logit.kernel"] + p["logit.bias"]


def residual(x, p):
    h = gained(equalized(x, p.at("conv0")))
    h = gained(equalized(h, p.at("conv1"), "down"))
    skip = equalized(depthwise(x, [1, 3, 3, 1], [1, 1], down=2), p.at("skip"), bias=False)
    return (h + skip) * math.sqrt(0.5)


def stylegan2_d(x, p):
    h = gained(equalized(x, p.at("rgb")))
    h = residual(residual(h, p.at("block16")), p.at("block8"))
    h = gained(equalized(minibatch_stddev(h), p.at("last")))
    h = gained(equalized_dense(flat(h), p.at("dense")))
    return equalized_dense(h, p.at("logit"))


def mapping(z, p):
    for name in ("map0", "map1"):
        z = gained(equalized_dense(z, p.at(name), 0.01))
    return z


def synthesis(w, noise4, noise8, p):
    def layer(x, q, noise, up):
        y = modulated(x, w, q, up) + noise * q["strength"]
        return gained(y + q["bias"])

    h = layer(tf.tile(p["constant"], [w.shape[0], 1, 1, 1]), p.at("layer4"), noise4, False)
    image = modulated(h, w, p.at("rgb4"), demodulate=False)
    h = layer(h, p.at("layer8"), noise8, True)
    up = depthwise(image, [1, 3, 3, 1], [2, 1], up=2, gain=4.0)
    return up + modulated(h, w, p.at("rgb8"), demodulate=False)


def biggan_d(x, labels, p, state):
    def normed(name, axis):
        q = p.at(name)
        return spectral(q["kernel"], axis, q, state)

    code = tf.gather(normed("class", 0), labels)
    h = conv(x, normed("a", 3)) + p["a.bias"]
    b, side, _, c = h.shape
    theta = tf.reshape(conv(h, normed("attention.theta", 3)), [b, side * side, c // 8])
    pooled = lambda y: tf.nn.max_pool2d(y, 2, 2, "VALID")
    phi = tf.reshape(pooled(conv(h, normed("attention.phi", 3))), [b, side * side // 4, c // 8])
    g = tf.reshape(pooled(conv(h, normed("attention.g", 3))), [b, side * side // 4, c // 2])
    weights = tf.nn.softmax(theta @ tf.transpose(phi, [0, 2, 1]))
    seen = tf.reshape(weights @ g, [b, side, side, c // 2])
    h = h + p["attention.gamma"] * conv(seen, normed("attention.o", 3))
    h = tf.nn.avg_pool2d(conv(tf.nn.relu(h), normed("b", 3)) + p["b.bias"], 2, 2, "VALID")
    gain = 1 + code @ normed("norm.gain", 1)
    offset = code @ normed("norm.offset", 1)
    h = tf.nn.relu(batch_norm(h) * gain[:, None, None] + offset[:, None, None])
    features = tf.reduce_sum(h, [1, 2])
    logit = features @ normed("logit", 1) + p["logit.bias"]
    projection = tf.gather(normed("projection", 0), labels)
    return logit + tf.reduce_sum(projection * features, 1, keepdims=True)


# --- Penalties, as libs/losses has them.


def slopes(d, x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.reduce_sum(d(x))
    return tape.gradient(y, x)


def wgan_gp(d, real, fake, mix):
    between = real + mix * (fake - real)
    norms = tf.sqrt(tf.reduce_sum(slopes(d, between) ** 2, [1, 2, 3]))
    return tf.reduce_mean((norms - 1) ** 2)


def r1(d, real):
    return tf.reduce_mean(tf.reduce_sum(slopes(d, real) ** 2, [1, 2, 3])) / 2


def critic_loss(p, _, real, fake, mix):
    d = lambda x: critic(x, p.at("D"))
    drift = tf.reduce_mean(d(real) ** 2)
    return tf.reduce_mean(d(fake)) - tf.reduce_mean(d(real)) + 10 * wgan_gp(d, real, fake, mix) + 1e-3 * drift


def r1_loss(p, _, real, fake, mix):
    d = lambda x: stylegan2_d(x, p.at("D"))
    logistic = tf.reduce_mean(tf.nn.softplus(-d(real))) + tf.reduce_mean(tf.nn.softplus(d(fake)))
    return logistic + 10 * r1(d, real)


def path_length_loss(p, _, z, noise4, noise8, noise):
    w = mapping(z, p.at("mapping"))
    with tf.GradientTape() as tape:
        tape.watch(w)
        images = synthesis(w, noise4, noise8, p.at("synthesis"))
        y = tf.reduce_sum(images * noise / math.sqrt(images.shape[1] * images.shape[2]))
    lengths = tf.sqrt(tf.reduce_sum(tape.gradient(y, w) ** 2, 1))
    mean = 0.5 + 0.01 * (tf.reduce_mean(lengths) - 0.5)
    return 2 * tf.reduce_mean((lengths - mean) ** 2)


def biggan_loss(p, state, real, fake, mix, labels):
    labels = tf.cast(labels, tf.int32)
    # The power iteration goes on with every pass, so the order of passes is that of penalties.ts.
    d = lambda x: biggan_d(x, labels, p.at("D"), state)
    hinge = tf.reduce_mean(tf.nn.relu(1 - d(real))) + tf.reduce_mean(tf.nn.relu(1 + d(fake)))
    return hinge + wgan_gp(d, real, fake, mix) + r1(d, real)


LOSSES = {
    "WGAN-GP and drift, critic of all layers": critic_loss,
    "R1, StyleGAN2 discriminator": r1_loss,
    "path length, StyleGAN2 generator": path_length_loss,
    "hinge, WGAN-GP and R1, BigGAN discriminator": biggan_loss,
}


def penalty(name, case):
    params = {path: tf.Variable(array(plain)) for path, plain in case["params"].items()}
    state = {path: tf.constant(array(plain)) for path, plain in case["stats"].items()}
    inputs = {key: tf.constant(array(plain)) for key, plain in case["inputs"].items()}
    with tf.GradientTape() as tape:
        loss = LOSSES[name](Params(params), state, **inputs)
    gradients = tape.gradient(loss, params, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    theirs = {path: tf.convert_to_tensor(gradient).numpy() for path, gradient in gradients.items()}
    ours = {path: array(plain) for path, plain in case["gradients"].items()}
    assert theirs.keys() == ours.keys()
    paths = sorted(theirs)
    join = lambda named: np.concatenate([named[path].ravel() for path in paths])
    whole = np.linalg.norm(join(theirs))
    # What is a millionth of the gradient is rounding, such as that of a bias before a batch normalisation.
    told = {path: relative(ours[path], theirs[path]) for path in paths if np.linalg.norm(theirs[path]) > 1e-6 * whole}
    of = max(told, key=told.get)
    return {
        "loss": abs(case["loss"] - float(loss)) / abs(float(loss)),
        "all": relative(join(ours), join(theirs)),
        "worst": told[of],
        "of": of,
    }


# --- Ops with a kink, as in libs/engine/src/gradients/testing.


def pool(op, size, stride, padding):
    return lambda x: op(x, size, stride, padding)


BOXES = [[0.15, 0.2, 0.9, 0.7], [0, 0, 0.9, 1], [0.3, -0.4, 0.8, 0.65]]
SIGNS = np.array([8, -8, 8, -8], np.float32)


def crop(method):
    return lambda x: tf.image.crop_and_resize(x, BOXES, [0, 1, 1], [3, 3], method)


def dilation(stride, padding):
    return lambda x, w: tf.nn.dilation2d(x, w, [1, stride, stride, 1], padding, "NHWC", [1, 1, 1, 1])


def where(a, b):
    return tf.where(a > 0, tf.square(a), b)


OPS = {
    "relu": tf.nn.relu,
    "relu6": lambda x: tf.nn.relu6(x * 8),
    "leakyRelu": lambda x: tf.nn.leaky_relu(x, 0.2),
    "leakyRelu as maximum(x, 0.2x)": lambda x: tf.maximum(x, x * 0.2),
    "leakyRelu as 0.6x + 0.4abs(x)": lambda x: x * 0.6 + tf.abs(x) * 0.4,
    "leakyRelu as relu(x) - 0.2relu(-x)": lambda x: tf.nn.relu(x) - tf.nn.relu(-x) * 0.2,
    "prelu": lambda x, alpha: tf.where(x > 0, x, alpha * x),
    "elu": tf.nn.elu,
    "selu": tf.nn.selu,
    "step": lambda x: tf.cast(x > 0, tf.float32) * x,
    "sign": lambda x: tf.sign(x) * x,
    "round, floor, ceil": lambda x: (tf.round(x * 0.4) + tf.floor(x) + tf.math.ceil(x)) * x,
    "clipByValue": lambda x: tf.clip_by_value(x * 1.5, -1.4, 1.4),
    "clipByValue, all cut": lambda x: tf.clip_by_value(x, -1, 1) + x * x,
    "abs": tf.abs,
    "norm, 1": lambda x: tf.norm(x, 1, 1),
    "max": lambda x: tf.reduce_max(x, 1),
    "max of all": tf.reduce_max,
    "min": lambda x: tf.reduce_min(x, 0, True),
    "logSumExp": lambda x: tf.reduce_logsumexp(x, 1),
    "maximum": lambda a, b: tf.maximum(tf.square(a), b),
    "maximum, broadcast": lambda a, b: tf.maximum(a, b * 0.1),
    "minimum, broadcast": lambda a, b: tf.minimum(a, b * 0.1),
    "topk": lambda x: tf.math.top_k(x, 2).values,
    "where": where,
    "mod": tf.math.floormod,
    "floorDiv": lambda a, b: tf.math.floordiv(a, b) * a,
    "maxPool 2x2": pool(tf.nn.max_pool2d, 2, 2, "VALID"),
    "maxPool 3x3 stride 2 same": pool(tf.nn.max_pool2d, 3, 2, "SAME"),
    "maxPool 3x3 stride 1 same": pool(tf.nn.max_pool2d, 3, 1, "SAME"),
    "maxPool3d": pool(tf.nn.max_pool3d, 2, 2, "VALID"),
    "maxPool3d overlapping": pool(tf.nn.max_pool3d, 2, 1, "SAME"),
    "cropAndResize": crop("bilinear"),
    "cropAndResize nearest": crop("nearest"),
    "cropAndResize with boxes": lambda x, a, b: tf.image.crop_and_resize(x, tf.concat([a, b], 1), [1, 0], [2, 2]),
    "dilation2d": dilation(1, "SAME"),
    "dilation2d stride 2": dilation(2, "VALID"),
    "conv2d and leakyRelu, first for x only": lambda x, w: tf.nn.leaky_relu(conv(x, w) + SIGNS, 0.2),
    "fused.conv2d, bias and relu": lambda x, w, b: tf.nn.relu(conv(x, w) + b),
    "fused.matMul, bias and relu": lambda a, b, bias: tf.nn.relu(a @ b + bias),
    # tfjs reads labels as 0 or 1 and takes the mean.
    "hinge loss": lambda x: tf.reduce_mean(tf.nn.relu(1 - x)),
}


def kink(name, case):
    xs = [tf.constant(array(plain)) for plain in case["inputs"]]
    r = array(case["r"])
    zero = tf.UnconnectedGradients.ZERO
    picked = [xs[i] for i in case["wrt"]]
    with tf.GradientTape(persistent=True) as outer:
        outer.watch(xs)
        with tf.GradientTape() as inner:
            inner.watch(xs)
            y = OPS[name](*xs)
            loss = tf.reduce_sum(y * r) + tf.reduce_sum(y * y) / 2
        first = inner.gradient(loss, picked, unconnected_gradients=zero)
        contracted = tf.add_n([tf.reduce_sum(g * array(c)) for g, c in zip(first, case["c"])])
    errors = [max(relative(array(a), b.numpy()) for a, b in zip(case["first"], first))]
    try:
        second = outer.gradient(contracted, xs, unconnected_gradients=zero)
        errors.append(max(relative(array(a), b.numpy()) for a, b in zip(case["second"], second)))
    except LookupError:
        # TensorFlow has no gradient for the op that computes the first one.
        errors.append(None)
    return errors


# --- What TensorFlow's nested tape gets wrong without a message.

FAULTS = {
    "tf.nn.moments": lambda x: tf.nn.moments(x, [0, 1, 2])[1],
    "tf.image.resize, bilinear": lambda x: tf.image.resize(x, [12, 12], "bilinear"),
}


def fault(op):
    """The error of the second gradient of sum(r·tanh(op(x))), along one direction, relative to a central difference."""
    draw = np.random.default_rng(1).standard_normal
    x, direction, c = (tf.constant(draw((2, 8, 8, 3)), tf.float32) for _ in range(3))
    r = draw(op(x).shape).astype(np.float32)

    def contracted(at):
        with tf.GradientTape() as tape:
            tape.watch(at)
            y = tf.reduce_sum(tf.tanh(op(at)) * r)
        return tf.reduce_sum(tape.gradient(y, at) * c)

    with tf.GradientTape() as tape:
        tape.watch(x)
        y = contracted(x)
    second = tape.gradient(y, x, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    told = float(tf.reduce_sum(second * direction))
    h = 1e-2
    difference = float(contracted(x + h * direction) - contracted(x - h * direction)) / (2 * h)
    return abs(told - difference) / abs(difference)


with open(sys.argv[1]) as file:
    numbers = json.load(file)
report = {
    "penalties": {name: penalty(name, case) for name, case in numbers["penalties"].items()},
    "kinks": {name: [e for case in cases for e in kink(name, case)] for name, cases in numbers["kinks"].items()},
    "faults": {name: fault(op) for name, op in FAULTS.items()},
}
print(json.dumps(report))
