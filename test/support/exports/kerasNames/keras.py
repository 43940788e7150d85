"""Stands in for Keras where there is none: it knows the names of Keras 3's layers, losses and optimizers, of their arguments and how many
axes their weights have, in their order; it computes nothing. A script that is not spelled as Keras wants it fails."""

import sys
import types

COMMON = "name trainable activity_regularizer"
KERNEL = "kernel_regularizer kernel_constraint bias_regularizer bias_constraint use_bias activation"
CELL = KERNEL + " units recurrent_activation recurrent_regularizer recurrent_constraint return_sequences go_backwards dropout recurrent_dropout"
CONV = KERNEL + " kernel_size strides padding dilation_rate"
DEPTHWISE = "bias_regularizer bias_constraint use_bias activation kernel_size strides padding dilation_rate depth_multiplier depthwise_regularizer depthwise_constraint"
NORM = "gamma_regularizer gamma_constraint beta_regularizer beta_constraint epsilon center scale"
POOL = "pool_size strides padding"

# Arguments, and the axes of each weight; "?" for those that need not be there.
LAYERS = {
    "Dense": (KERNEL + " units", "2 1?"),
    "Activation": ("activation", ""),
    "PReLU": ("shared_axes", "any"),
    "Reshape": ("target_shape", ""),
    "Flatten": ("", ""),
    "Permute": ("dims", ""),
    "RepeatVector": ("n", ""),
    "UpSampling1D": ("size", ""),
    "UpSampling2D": ("size", ""),
    "ZeroPadding1D": ("padding", ""),
    "ZeroPadding2D": ("padding", ""),
    "Dropout": ("rate", ""),
    "SpatialDropout1D": ("rate", ""),
    "SpatialDropout2D": ("rate", ""),
    "GaussianNoise": ("stddev", ""),
    "BatchNormalization": (NORM + " momentum", "1? 1? 1 1"),
    "LayerNormalization": (NORM, "1? 1?"),
    "RMSNormalization": ("epsilon", "1"),
    "Embedding": ("input_dim output_dim embeddings_regularizer embeddings_constraint", "2"),
    "Conv1D": (CONV + " filters", "3 1?"),
    "Conv2D": (CONV + " filters", "4 1?"),
    "Conv2DTranspose": (CONV + " filters", "4 1?"),
    "DepthwiseConv2D": (DEPTHWISE, "4 1?"),
    "SeparableConv2D": (DEPTHWISE + " filters pointwise_regularizer pointwise_constraint", "4 4 1?"),
    "MaxPooling1D": (POOL, ""),
    "MaxPooling2D": (POOL, ""),
    "AveragePooling1D": (POOL, ""),
    "AveragePooling2D": (POOL, ""),
    "GlobalMaxPooling1D": ("", ""),
    "GlobalMaxPooling2D": ("", ""),
    "GlobalAveragePooling1D": ("", ""),
    "GlobalAveragePooling2D": ("", ""),
    "SimpleRNN": (CELL, "2 2 1?"),
    "LSTM": (CELL, "2 2 1?"),
    "GRU": (CELL + " reset_after", "2 2 any?"),
    "Bidirectional": ("layer merge_mode", "both"),
    "MultiHeadAttention": (
        "num_heads key_dim value_dim dropout use_bias kernel_regularizer kernel_constraint bias_regularizer bias_constraint",
        "3 2? 3 2? 3 2? 3 1?",
    ),
    "Add": ("", ""),
    "Subtract": ("", ""),
    "Multiply": ("", ""),
    "Average": ("", ""),
    "Maximum": ("", ""),
    "Minimum": ("", ""),
    "Concatenate": ("axis", ""),
    "Dot": ("axes normalize", ""),
}
LOSSES = {
    "MeanSquaredError": "", "MeanAbsoluteError": "", "Huber": "delta", "LogCosh": "", "MeanSquaredLogarithmicError": "",
    "MeanAbsolutePercentageError": "", "Hinge": "", "SquaredHinge": "", "CategoricalHinge": "",
    "BinaryCrossentropy": "from_logits label_smoothing",
    "BinaryFocalCrossentropy": "from_logits label_smoothing gamma alpha apply_class_balancing",
    "CategoricalCrossentropy": "from_logits label_smoothing", "SparseCategoricalCrossentropy": "from_logits",
    "KLDivergence": "", "Poisson": "", "CosineSimilarity": "",
}
STEP = "learning_rate weight_decay clipvalue clipnorm global_clipnorm"
OPTIMIZERS = {
    "SGD": "momentum nesterov", "Adagrad": "initial_accumulator_value epsilon", "RMSprop": "rho momentum epsilon centered",
    "Adadelta": "rho epsilon", "Adam": "beta_1 beta_2 epsilon amsgrad", "AdamW": "beta_1 beta_2 epsilon amsgrad",
    "Adamax": "beta_1 beta_2 epsilon", "Nadam": "beta_1 beta_2 epsilon", "Lion": "beta_1 beta_2",
}
ACTIVATIONS = "sigmoid hard_sigmoid log_sigmoid tanh hard_tanh tanh_shrink relu relu6 selu hard_silu silu mish softplus softsign exponential softmax log_softmax".split()


def check(what, name, given, known):
    wrong = set(given) - set(known.split())
    if wrong:
        raise TypeError(f"{what} {name} does not take {', '.join(sorted(wrong))}")
    for key in ("activation", "recurrent_activation"):
        value = given.get(key)
        if isinstance(value, str) and value not in ACTIVATIONS:
            raise ValueError(f"{name}: unknown activation {value}")


class Symbol:
    pass


def flat(value):
    if isinstance(value, (list, tuple)):
        return [each for part in value for each in flat(part)]
    return [value]


made = []


class Layer:
    def __init__(self, kind, **given):
        arguments, self.weights = LAYERS[kind]
        check("layer", kind, given, f"{arguments} {COMMON}")
        self.kind, self.given, self.name = kind, given, given.get("name")
        made.append(self)

    def __call__(self, *inputs, **more):
        allowed = {"MultiHeadAttention": "key use_causal_mask", "SimpleRNN": "initial_state", "LSTM": "initial_state", "GRU": "initial_state"}
        check("call of", self.kind, more, allowed.get(self.kind, ""))
        tensors = flat([list(inputs), [value for key, value in more.items() if key != "use_causal_mask"]])
        if not tensors or not all(isinstance(tensor, Symbol) for tensor in tensors):
            raise TypeError(f"{self.kind} is called with what is no tensor")
        return Symbol()

    def set_weights(self, weights):
        if self.weights == "both":
            half = len(weights) // 2
            self.given["layer"].set_weights(weights[:half])
            self.given["layer"].set_weights(weights[half:])
            return
        if not fits(self.weights.split(), list(weights)):
            raise ValueError(f"{self.name}: weights of {self.weights} axes, not {[weight.shape for weight in weights]}")


def fits(wanted, weights):
    """Whether weights have these axes, in this order, with or without those that need not be there."""
    if not wanted:
        return not weights
    axes = wanted[0].rstrip("?")
    if weights and (axes == "any" or weights[0].ndim == int(axes)) and fits(wanted[1:], weights[1:]):
        return True
    return wanted[0].endswith("?") and fits(wanted[1:], weights)


def catalogue(name, entries, common=""):
    module = types.ModuleType(f"keras.{name}")
    for entry, arguments in entries.items():
        def make(entry=entry, arguments=arguments, **given):
            check(name, entry, given, f"{arguments} {common}")
            return (entry, given)
        setattr(module, entry, make)
    return module


layers = types.ModuleType("keras.layers")
for kind in LAYERS:
    setattr(layers, kind, lambda kind=kind, **given: Layer(kind, **given))
losses = catalogue("losses", LOSSES)
optimizers = catalogue("optimizers", OPTIMIZERS, STEP)
regularizers = catalogue("regularizers", {"L1L2": "l1 l2"})
constraints = catalogue("constraints", {"NonNeg": "", "UnitNorm": "axis", "MaxNorm": "max_value axis", "MinMaxNorm": "min_value max_value rate axis"})
saving = types.SimpleNamespace(register_keras_serializable=lambda package: lambda function: function)


def Input(shape, name):
    return Symbol()


class Model:
    def __init__(self, inputs, outputs, name):
        ends = flat(inputs) + flat(list(outputs.values()) if isinstance(outputs, dict) else outputs)
        if not all(isinstance(end, Symbol) for end in ends):
            raise TypeError("a model of what are no tensors")
        self.layers = [layer for layer in made if layer.name]
        names = [layer.name for layer in self.layers]
        if len(set(names)) < len(names):
            raise ValueError(f"layers of one name: {names}")
        made.clear()

    def get_layer(self, name):
        return next(layer for layer in self.layers if layer.name == name)

    def compile(self, optimizer, loss, loss_weights=None):
        self.compiled = (optimizer, loss, loss_weights)


for name in ("layers", "losses", "optimizers", "regularizers", "constraints"):
    sys.modules[f"keras.{name}"] = globals()[name]
