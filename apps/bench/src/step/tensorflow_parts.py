"""What the TensorFlow programs of the steps share. Arguments: `function` or `eager`, then the settings as JSON."""
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


def kept(value, *shape):
    return tf.Variable(tf.fill(shape, value), trainable=False)


class BatchNorm:
    """Batch statistics, with running ones kept beside; `gain` and `offset` may come from elsewhere."""

    def __init__(self, channels):
        self.gain, self.offset = tf.Variable(tf.ones([channels])), tf.Variable(tf.zeros([channels]))
        self.mean, self.variance = kept(0.0, channels), kept(1.0, channels)

    def __call__(self, x, gain=None, offset=None):
        gain, offset = self.gain if gain is None else gain, self.offset if offset is None else offset
        y, mean, variance = tf.compat.v1.nn.fused_batch_norm(x, gain, offset, epsilon=1e-5, is_training=True)
        self.mean.assign_add(0.1 * (mean - self.mean))
        self.variance.assign_add(0.1 * (variance - self.variance))
        return y


class Adam:
    """TensorFlow's fused update, without Keras's bookkeeping."""

    def __init__(self, trained, rate, beta1, beta2):
        self.slots = [(value, tf.Variable(tf.zeros_like(value)), tf.Variable(tf.zeros_like(value))) for value in trained]
        self.rate, self.beta1, self.beta2 = rate, beta1, beta2
        self.power1, self.power2 = tf.Variable(beta1), tf.Variable(beta2)

    def apply(self, gradients):
        for (value, m, v), gradient in zip(self.slots, gradients):
            tf.raw_ops.ResourceApplyAdam(
                var=value.handle, m=m.handle, v=v.handle, beta1_power=self.power1, beta2_power=self.power2,
                lr=self.rate, beta1=self.beta1, beta2=self.beta2, epsilon=1e-8,
                grad=tf.convert_to_tensor(gradient),
            )
        self.power1.assign(self.power1 * self.beta1)
        self.power2.assign(self.power2 * self.beta2)


def time_step(body, *inputs):
    """`body(*inputs)` returns both losses."""
    run = tf.function(body) if mode == "function" else body
    report(lambda: [float(loss) for loss in run(*inputs)], settings["warmup"], settings["steps"])
