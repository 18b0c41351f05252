"""The step of dcgan.ts in Python TensorFlow. Arguments: `function` or `eager`, then the settings as JSON."""
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import tensorflow as tf

from timing import report

mode, settings = sys.argv[1], json.loads(sys.argv[2])
tf.config.threading.set_intra_op_parallelism_threads(settings["threads"])
tf.config.threading.set_inter_op_parallelism_threads(settings["threads"])
tf.random.set_seed(1)
BATCH, LATENT = 64, 128


def weight(*shape):
    return tf.Variable(tf.random.normal(shape, stddev=0.02))


def vector(value, size):
    return tf.Variable(tf.fill([size], value))


class BatchNorm:
    def __init__(self, channels):
        self.gain, self.offset = vector(1.0, channels), vector(0.0, channels)
        self.mean, self.variance = vector(0.0, channels), vector(1.0, channels)
        self.trained = [self.gain, self.offset]

    def __call__(self, x):
        y, mean, variance = tf.compat.v1.nn.fused_batch_norm(x, self.gain, self.offset, epsilon=1e-5, is_training=True)
        self.mean.assign_add(0.1 * (mean - self.mean))
        self.variance.assign_add(0.1 * (variance - self.variance))
        return y


class Generator:
    def __init__(self):
        self.project, self.project_bias = weight(LATENT, 16 * 512), vector(0.0, 16 * 512)
        self.up = [weight(4, 4, to, of) for of, to in ((512, 256), (256, 128), (128, 64))]
        self.norms = [BatchNorm(channels) for channels in (512, 256, 128, 64)]
        self.image, self.image_bias = weight(3, 3, 64, 3), vector(0.0, 3)
        self.trained = [self.project, self.project_bias, *self.up, self.image, self.image_bias]
        self.trained += [v for norm in self.norms for v in norm.trained]

    def __call__(self, z):
        h = tf.nn.bias_add(tf.matmul(z, self.project), self.project_bias)
        h = tf.nn.relu(self.norms[0](tf.reshape(h, [BATCH, 4, 4, 512])))
        for kernel, norm in zip(self.up, self.norms[1:]):
            size = 2 * h.shape[1]
            h = tf.nn.conv2d_transpose(h, kernel, [BATCH, size, size, kernel.shape[2]], 2, "SAME")
            h = tf.nn.relu(norm(h))
        return tf.tanh(tf.nn.bias_add(tf.nn.conv2d(h, self.image, 1, "SAME"), self.image_bias))


class Discriminator:
    def __init__(self):
        self.image, self.image_bias = weight(3, 3, 3, 64), vector(0.0, 64)
        self.down = [weight(4, 4, of, to) for of, to in ((64, 128), (128, 256), (256, 512))]
        self.norms = [BatchNorm(channels) for channels in (128, 256, 512)]
        self.logit, self.logit_bias = weight(16 * 512, 1), vector(0.0, 1)
        self.trained = [self.image, self.image_bias, *self.down, self.logit, self.logit_bias]
        self.trained += [v for norm in self.norms for v in norm.trained]

    def __call__(self, images):
        h = tf.nn.bias_add(tf.nn.conv2d(images, self.image, 1, "SAME"), self.image_bias)
        h = tf.nn.leaky_relu(h, 0.2)
        for kernel, norm in zip(self.down, self.norms):
            h = tf.nn.leaky_relu(norm(tf.nn.conv2d(h, kernel, 2, "SAME")), 0.2)
        return tf.nn.bias_add(tf.matmul(tf.reshape(h, [BATCH, -1]), self.logit), self.logit_bias)


class Adam:
    """TensorFlow's fused update, without Keras's bookkeeping."""

    def __init__(self, trained):
        self.slots = [(v, tf.Variable(tf.zeros_like(v)), tf.Variable(tf.zeros_like(v))) for v in trained]
        self.power1, self.power2 = tf.Variable(0.5), tf.Variable(0.999)

    def apply(self, gradients):
        for (value, m, v), gradient in zip(self.slots, gradients):
            tf.raw_ops.ResourceApplyAdam(
                var=value.handle, m=m.handle, v=v.handle, beta1_power=self.power1, beta2_power=self.power2,
                lr=2e-4, beta1=0.5, beta2=0.999, epsilon=1e-8, grad=gradient,
            )
        self.power1.assign(self.power1 * 0.5)
        self.power2.assign(self.power2 * 0.999)


G, D = Generator(), Discriminator()
for_G, for_D = Adam(G.trained), Adam(D.trained)
real = tf.random.uniform([BATCH, 32, 32, 3], -1, 1)


def body(real):
    fake = G(tf.random.normal([BATCH, LATENT]))
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(D.trained)
        loss_D = tf.reduce_mean(tf.nn.softplus(-D(real))) + tf.reduce_mean(tf.nn.softplus(D(fake)))
    for_D.apply(tape.gradient(loss_D, D.trained))
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(G.trained)
        loss_G = tf.reduce_mean(tf.nn.softplus(-D(G(tf.random.normal([BATCH, LATENT])))))
    for_G.apply(tape.gradient(loss_G, G.trained))
    return loss_D, loss_G


run = tf.function(body) if mode == "function" else body
report(lambda: [float(loss) for loss in run(real)], settings["warmup"], settings["steps"])
