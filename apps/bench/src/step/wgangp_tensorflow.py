"""The step of wgangp.ts in Python TensorFlow."""
import math

import tensorflow as tf

from tensorflow_parts import Adam, time_step

BATCH, LATENT = 16, 128


class Network:
    """Makes layers with an equalised learning rate and collects what they train."""

    def __init__(self):
        self.trained = []

    def parameter(self, value):
        variable = tf.Variable(value)
        self.trained.append(variable)
        return variable

    def conv(self, of, to, size=3):
        kernel, bias = self.parameter(tf.random.normal([size, size, of, to])), self.parameter(tf.zeros([to]))
        scale = math.sqrt(2 / (of * size * size))
        return lambda x: tf.nn.bias_add(tf.nn.conv2d(x, kernel * scale, 1, "SAME"), bias)

    def dense(self, of, to):
        kernel, bias = self.parameter(tf.random.normal([of, to])), self.parameter(tf.zeros([to]))
        scale = math.sqrt(2 / of)
        return lambda x: tf.nn.bias_add(tf.matmul(x, kernel * scale), bias)


def activate(x):
    return tf.nn.leaky_relu(x, 0.2)


def pixel_norm(x):
    return x * tf.math.rsqrt(tf.reduce_mean(tf.square(x), -1, keepdims=True) + 1e-8)


class Generator(Network):
    def __init__(self):
        super().__init__()
        self.project, self.first = self.dense(LATENT, 2048), self.conv(128, 128)
        self.blocks = [(self.conv(of, to), self.conv(to, to)) for of, to in ((128, 128), (128, 64), (64, 32))]
        self.image = self.conv(32, 3, 1)

    def __call__(self, z):
        h = pixel_norm(activate(tf.reshape(self.project(pixel_norm(z)), [BATCH, 4, 4, 128])))
        h = pixel_norm(activate(self.first(h)))
        for conv1, conv2 in self.blocks:
            h = tf.compat.v1.image.resize_nearest_neighbor(h, [2 * h.shape[1], 2 * h.shape[2]])
            h = pixel_norm(activate(conv1(h)))
            h = pixel_norm(activate(conv2(h)))
        return self.image(h)


class Discriminator(Network):
    def __init__(self):
        super().__init__()
        self.image = self.conv(3, 32, 1)
        self.blocks = [(self.conv(of, of), self.conv(of, to)) for of, to in ((32, 64), (64, 128), (128, 128))]
        self.last, self.dense1, self.logit = self.conv(129, 128), self.dense(2048, 128), self.dense(128, 1)

    def __call__(self, images):
        h = activate(self.image(images))
        for conv1, conv2 in self.blocks:
            h = tf.nn.avg_pool2d(activate(conv2(activate(conv1(h)))), 2, 2, "VALID")
        deviation = tf.reduce_mean(tf.sqrt(tf.math.reduce_variance(h, 0) + 1e-8))
        h = activate(self.last(tf.concat([h, tf.broadcast_to(deviation, [BATCH, 4, 4, 1])], 3)))
        return self.logit(activate(self.dense1(tf.reshape(h, [BATCH, 2048]))))


G, D = Generator(), Discriminator()
for_G, for_D = Adam(G.trained, 1e-3, 0.0, 0.99), Adam(D.trained, 1e-3, 0.0, 0.99)
real = tf.random.uniform([BATCH, 32, 32, 3], -1, 1)


def body(real):
    fake = G(tf.random.normal([BATCH, LATENT]))
    between = real + tf.random.uniform([BATCH, 1, 1, 1]) * (fake - real)
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(D.trained)
        on_real, on_fake = D(real), D(fake)
        with tf.GradientTape(watch_accessed_variables=False) as inner:
            inner.watch(between)
            total = tf.reduce_sum(D(between))
        slopes = tf.sqrt(tf.reduce_sum(tf.square(inner.gradient(total, between)), [1, 2, 3]) + 1e-12)
        penalty = 10 * tf.reduce_mean(tf.square(slopes - 1)) + 1e-3 * tf.reduce_mean(tf.square(on_real))
        loss_D = tf.reduce_mean(on_fake) - tf.reduce_mean(on_real) + penalty
    for_D.apply(tape.gradient(loss_D, D.trained))
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(G.trained)
        loss_G = -tf.reduce_mean(D(G(tf.random.normal([BATCH, LATENT]))))
    for_G.apply(tape.gradient(loss_G, G.trained))
    return loss_D, loss_G


time_step(body, real)
