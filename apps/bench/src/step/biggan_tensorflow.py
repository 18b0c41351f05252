"""The step of biggan.ts in Python TensorFlow."""
import tensorflow as tf

from tensorflow_parts import Adam, BatchNorm, time_step

BATCH, CLASSES, LATENT, CODE, WIDTH = 32, 10, 64, 64, 32


class Network:
    """Makes layers and collects what they train."""

    def __init__(self):
        self.trained = []

    def parameter(self, value):
        variable = tf.Variable(value)
        self.trained.append(variable)
        return variable

    def normalized(self, *shape):
        """A kernel over its largest singular value, which one step of the power iteration follows."""
        kernel = self.parameter(tf.keras.initializers.Orthogonal()(shape))
        left = tf.Variable(tf.math.l2_normalize(tf.random.normal([1, shape[-1]])), trainable=False)

        def use():
            matrix = tf.reshape(kernel, [-1, shape[-1]])
            constant = tf.stop_gradient(matrix)
            right = tf.math.l2_normalize(tf.matmul(left, constant, transpose_b=True), epsilon=1e-12)
            left.assign(tf.math.l2_normalize(tf.matmul(right, constant), epsilon=1e-12))
            return kernel / tf.reduce_sum(tf.matmul(right, matrix) * left)

        return use

    def conv(self, of, to, size):
        kernel, bias = self.normalized(size, size, of, to), self.parameter(tf.zeros([to]))
        return lambda x: tf.nn.bias_add(tf.nn.conv2d(x, kernel(), 1, "SAME"), bias)

    def dense(self, of, to):
        kernel, bias = self.normalized(of, to), self.parameter(tf.zeros([to]))
        return lambda x: tf.nn.bias_add(tf.matmul(x, kernel()), bias)

    def conditional_norm(self, channels):
        norm, gain, offset = BatchNorm(channels), self.normalized(LATENT + CODE, channels), self.normalized(LATENT + CODE, channels)
        one, zero = tf.ones([channels]), tf.zeros([channels])

        def use(x, condition):
            per_sample = [1 + tf.matmul(condition, gain()), tf.matmul(condition, offset())]
            scale, shift = (tf.reshape(value, [-1, 1, 1, channels]) for value in per_sample)
            return norm(x, one, zero) * scale + shift

        return use

    def up_block(self, of, to):
        norm1, conv1, norm2, conv2 = self.conditional_norm(of), self.conv(of, to, 3), self.conditional_norm(to), self.conv(to, to, 3)
        shortcut = self.conv(of, to, 1)

        def use(x, condition):
            h = conv1(doubled(tf.nn.relu(norm1(x, condition))))
            return conv2(tf.nn.relu(norm2(h, condition))) + shortcut(doubled(x))

        return use

    def down_block(self, of, to, preactivation, down):
        conv1, conv2 = self.conv(of, to, 3), self.conv(to, to, 3)
        shortcut = self.conv(of, to, 1) if down else None

        def use(x):
            h = conv2(tf.nn.relu(conv1(tf.nn.relu(x) if preactivation else x)))
            return halved(h) + halved(shortcut(x)) if down else h + x

        return use


def doubled(x):
    return tf.compat.v1.image.resize_nearest_neighbor(x, [2 * x.shape[1], 2 * x.shape[2]])


def halved(x):
    return tf.nn.avg_pool2d(x, 2, 2, "VALID")


class Generator(Network):
    def __init__(self):
        super().__init__()
        self.code = self.parameter(tf.random.normal([CLASSES, CODE]))
        self.project = self.dense(LATENT, 16 * 4 * WIDTH)
        self.blocks = [self.up_block(of * WIDTH, to * WIDTH) for of, to in ((4, 4), (4, 2), (2, 1))]
        self.norm, self.image = BatchNorm(WIDTH), self.conv(WIDTH, 3, 3)
        self.trained += [self.norm.gain, self.norm.offset]

    def __call__(self, z, labels):
        condition = tf.concat([z, tf.gather(self.code, labels)], 1)
        h = tf.reshape(self.project(z), [BATCH, 4, 4, 4 * WIDTH])
        for block in self.blocks:
            h = block(h, condition)
        return tf.tanh(self.image(tf.nn.relu(self.norm(h))))


class Discriminator(Network):
    def __init__(self):
        super().__init__()
        sizes = ((3, WIDTH), (WIDTH, 2 * WIDTH), (2 * WIDTH, 4 * WIDTH), (4 * WIDTH, 4 * WIDTH))
        self.blocks = [self.down_block(of, to, index > 0, index < 3) for index, (of, to) in enumerate(sizes)]
        self.logit, self.code = self.dense(4 * WIDTH, 1), self.normalized(CLASSES, 4 * WIDTH)

    def __call__(self, h, labels):
        for block in self.blocks:
            h = block(h)
        features = tf.reduce_sum(tf.nn.relu(h), [1, 2])
        return self.logit(features) + tf.reduce_sum(tf.gather(self.code(), labels) * features, 1, keepdims=True)


G, D = Generator(), Discriminator()
for_G, for_D = Adam(G.trained, 2e-4, 0.0, 0.999), Adam(D.trained, 2e-4, 0.0, 0.999)
average = [tf.Variable(value, trainable=False) for value in G.trained]
real = tf.random.uniform([BATCH, 32, 32, 3], -1, 1)
labels = tf.range(BATCH) % CLASSES


def draw():
    return tf.random.normal([BATCH, LATENT]), tf.random.uniform([BATCH], 0, CLASSES, tf.int32)


def body(real, labels):
    z, y = draw()
    images, classes = tf.concat([G(z, y), real], 0), tf.concat([y, labels], 0)
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(D.trained)
        on_fake, on_real = tf.split(D(images, classes), 2)
        loss_D = tf.reduce_mean(tf.nn.relu(1 + on_fake)) + tf.reduce_mean(tf.nn.relu(1 - on_real))
    for_D.apply(tape.gradient(loss_D, D.trained))
    z, y = draw()
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(G.trained)
        loss_G = -tf.reduce_mean(D(G(z, y), y))
    for_G.apply(tape.gradient(loss_G, G.trained))
    for mean, value in zip(average, G.trained):
        mean.assign_sub(0.001 * (mean - value))
    return loss_D, loss_G


time_step(body, real, labels)
