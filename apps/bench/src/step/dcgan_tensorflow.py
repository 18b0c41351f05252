"""The step of dcgan.ts in Python TensorFlow."""
import tensorflow as tf

from tensorflow_parts import Adam, BatchNorm, time_step

BATCH, LATENT = 64, 128


def weight(*shape):
    return tf.Variable(tf.random.normal(shape, stddev=0.02))


def zeros(size):
    return tf.Variable(tf.zeros([size]))


class Generator:
    def __init__(self):
        self.project, self.project_bias = weight(LATENT, 16 * 512), zeros(16 * 512)
        self.up = [weight(4, 4, to, of) for of, to in ((512, 256), (256, 128), (128, 64))]
        self.norms = [BatchNorm(channels) for channels in (512, 256, 128, 64)]
        self.image, self.image_bias = weight(3, 3, 64, 3), zeros(3)
        self.trained = [self.project, self.project_bias, *self.up, self.image, self.image_bias]
        self.trained += [v for norm in self.norms for v in (norm.gain, norm.offset)]

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
        self.image, self.image_bias = weight(3, 3, 3, 64), zeros(64)
        self.down = [weight(4, 4, of, to) for of, to in ((64, 128), (128, 256), (256, 512))]
        self.norms = [BatchNorm(channels) for channels in (128, 256, 512)]
        self.logit, self.logit_bias = weight(16 * 512, 1), zeros(1)
        self.trained = [self.image, self.image_bias, *self.down, self.logit, self.logit_bias]
        self.trained += [v for norm in self.norms for v in (norm.gain, norm.offset)]

    def __call__(self, images):
        h = tf.nn.bias_add(tf.nn.conv2d(images, self.image, 1, "SAME"), self.image_bias)
        h = tf.nn.leaky_relu(h, 0.2)
        for kernel, norm in zip(self.down, self.norms):
            h = tf.nn.leaky_relu(norm(tf.nn.conv2d(h, kernel, 2, "SAME")), 0.2)
        return tf.nn.bias_add(tf.matmul(tf.reshape(h, [BATCH, -1]), self.logit), self.logit_bias)


G, D = Generator(), Discriminator()
for_G, for_D = Adam(G.trained, 2e-4, 0.5, 0.999), Adam(D.trained, 2e-4, 0.5, 0.999)
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


time_step(body, real)
