"""The step of dcgan.ts in JAX. Arguments: `jit`, then the settings as JSON."""
import json
import os
import sys

settings = json.loads(sys.argv[2])
# XLA takes as many threads as the process has cores.
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: settings["threads"]])
import jax
import jax.numpy as jnp
from jax import lax, nn

from timing import report

BATCH, LATENT, RATE, BETA1, BETA2 = 64, 128, 2e-4, 0.5, 0.999
LAYOUT = ("NHWC", "HWIO", "NHWC")
keys = iter(jax.random.split(jax.random.key(1), 100))


def weight(*shape):
    return 0.02 * jax.random.normal(next(keys), shape)


def norms(*channels):
    return {
        "gain": [jnp.ones(size) for size in channels],
        "offset": [jnp.zeros(size) for size in channels],
    }, [(jnp.zeros(size), jnp.ones(size)) for size in channels]


def batch_norm(x, gain, offset, running):
    mean = x.mean((0, 1, 2))
    variance = jnp.square(x - mean).mean((0, 1, 2))
    kept = tuple(lax.stop_gradient(old + 0.1 * (new - old)) for old, new in zip(running, (mean, variance)))
    return (x - mean) * (lax.rsqrt(variance + 1e-5) * gain) + offset, kept


def generate(params, stats, z):
    kept = []
    h = (z @ params["project"] + params["project_bias"]).reshape(BATCH, 4, 4, 512)
    for index in range(4):
        if index > 0:
            h = lax.conv_transpose(h, params["up"][index - 1], (2, 2), "SAME", dimension_numbers=LAYOUT)
        h, own = batch_norm(h, params["gain"][index], params["offset"][index], stats[index])
        h = nn.relu(h)
        kept.append(own)
    h = lax.conv_general_dilated(h, params["image"], (1, 1), "SAME", dimension_numbers=LAYOUT)
    return jnp.tanh(h + params["image_bias"]), kept


def judge(params, stats, images):
    kept = []
    h = lax.conv_general_dilated(images, params["image"], (1, 1), "SAME", dimension_numbers=LAYOUT)
    h = nn.leaky_relu(h + params["image_bias"], 0.2)
    for index, kernel in enumerate(params["down"]):
        h = lax.conv_general_dilated(h, kernel, (2, 2), "SAME", dimension_numbers=LAYOUT)
        h, own = batch_norm(h, params["gain"][index], params["offset"][index], stats[index])
        h = nn.leaky_relu(h, 0.2)
        kept.append(own)
    return h.reshape(BATCH, -1) @ params["logit"] + params["logit_bias"], kept


def adam(params, m, v, updates, gradients):
    m = jax.tree.map(lambda old, g: old + (1 - BETA1) * (g - old), m, gradients)
    v = jax.tree.map(lambda old, g: old + (1 - BETA2) * (g * g - old), v, gradients)
    rate = RATE * jnp.sqrt(1 - BETA2**updates) / (1 - BETA1**updates)
    return jax.tree.map(lambda value, a, b: value - rate * a / (jnp.sqrt(b) + 1e-8), params, m, v), m, v


def step(state, real, key):
    G, D, stats_G, stats_D, adam_G, adam_D, updates = state
    key1, key2 = jax.random.split(key)
    updates = updates + 1
    fake, stats_G = generate(G, stats_G, jax.random.normal(key1, (BATCH, LATENT)))

    def loss_D(params):
        on_real, stats = judge(params, stats_D, real)
        on_fake, stats = judge(params, stats, fake)
        return nn.softplus(-on_real).mean() + nn.softplus(on_fake).mean(), stats

    (value_D, stats_D), gradients = jax.value_and_grad(loss_D, has_aux=True)(D)
    D, *adam_D = adam(D, *adam_D, updates, gradients)

    def loss_G(params):
        images, stats = generate(params, stats_G, jax.random.normal(key2, (BATCH, LATENT)))
        on_fake, kept = judge(D, stats_D, images)
        return nn.softplus(-on_fake).mean(), (stats, kept)

    (value_G, (stats_G, stats_D)), gradients = jax.value_and_grad(loss_G, has_aux=True)(G)
    G, *adam_G = adam(G, *adam_G, updates, gradients)
    return (G, D, stats_G, stats_D, adam_G, adam_D, updates), value_D, value_G


affine_G, stats_G = norms(512, 256, 128, 64)
affine_D, stats_D = norms(128, 256, 512)
G = {
    "project": weight(LATENT, 16 * 512), "project_bias": jnp.zeros(16 * 512),
    "up": [weight(4, 4, of, to) for of, to in ((512, 256), (256, 128), (128, 64))],
    "image": weight(3, 3, 64, 3), "image_bias": jnp.zeros(3), **affine_G,
}
D = {
    "image": weight(3, 3, 3, 64), "image_bias": jnp.zeros(64),
    "down": [weight(4, 4, of, to) for of, to in ((64, 128), (128, 256), (256, 512))],
    "logit": weight(16 * 512, 1), "logit_bias": jnp.zeros(1), **affine_D,
}
zeros = [jax.tree.map(jnp.zeros_like, params) for params in (G, G, D, D)]
state = (G, D, stats_G, stats_D, zeros[:2], zeros[2:], jnp.float32(0))
real = jax.random.uniform(next(keys), (BATCH, 32, 32, 3), minval=-1, maxval=1)
noise = next(keys)
run = jax.jit(step, donate_argnums=0)
count = 0


def timed():
    global state, count
    count += 1
    state, loss_D, loss_G = run(state, real, jax.random.fold_in(noise, count))
    return [float(loss_D), float(loss_G)]


report(timed, settings["warmup"], settings["steps"])
