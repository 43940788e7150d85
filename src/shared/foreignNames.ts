// What people write who come from Python, Keras, PyTorch, TensorFlow.js or brain.js, and what to write in a cell instead: one table for marks, fixes and errors.
//
// How the code on the right is written says what a fix may do. "console.log(…)": another name for the call, whose arguments stay.
// "x.length": `x` is the one argument. Neither: it stands for the name alone, or for a call without arguments; otherwise it only shows the way.

/** Where a name is at home. */
export type Library =
  | "Python"
  | "NumPy"
  | "Keras"
  | "TensorFlow"
  | "PyTorch"
  | "pandas"
  | "Matplotlib"
  | "scikit-learn"
  | "brain.js"
  | "Synaptic";

export type ForeignNames = Readonly<Record<string, string>>;

/** How programs call a library, with what stands for all of it where no part is known. */
export const libraryNames: Readonly<Record<string, readonly [library: Library, code: string]>> = {
  np: ["NumPy", "tensor([1, 2, 3])"],
  numpy: ["NumPy", "tensor([1, 2, 3])"],
  keras: ["Keras", "sequential([layers.dense(16), layers.dense(1)])"],
  tf: ["TensorFlow", "sequential([layers.dense(16), layers.dense(1)])"],
  tensorflow: ["TensorFlow", "sequential([layers.dense(16), layers.dense(1)])"],
  torch: ["PyTorch", "sequential([layers.dense(16), layers.dense(1)])"],
  nn: ["PyTorch", "sequential([layers.dense(16), layers.dense(1)])"],
  optim: ["PyTorch", "optimizers.adam()"],
  pd: ["pandas", 'datasets.csv("file.csv")'],
  pandas: ["pandas", 'datasets.csv("file.csv")'],
  plt: ["Matplotlib", "show.training(run)"],
  matplotlib: ["Matplotlib", "show.training(run)"],
  sklearn: ["scikit-learn", "datasets.iris().standardize().split({ validation: 0.2 })"],
  F: ["PyTorch", "activations.relu(…)"],
  brain: ["brain.js", "sequential([layers.dense(16), layers.dense(1)])"],
  synaptic: ["Synaptic", "sequential([layers.dense(16), layers.dense(1)])"],
};

/** Of these, a name alone says little: it counts with a part of the library that is known. */
export const namesOfTheirParts: readonly string[] = ["F", "brain", "synaptic"];

/** Parts of libraries that hold what one of nnbook's objects does. */
export const libraryParts: ForeignNames = {
  layers: "layers",
  nn: "layers",
  optimizers: "optimizers",
  optim: "optimizers",
  train: "optimizers",
  losses: "losses",
  metrics: "metrics",
  callbacks: "callbacks",
  initializers: "initializers",
  regularizers: "regularizers",
  constraints: "constraints",
  activations: "activations",
  functional: "activations",
  F: "activations",
};

/** Functions of tensors, which are methods here. */
export const tensorFunctions: ForeignNames = {
  ...Object.fromEntries(
    [
      ...["abs", "exp", "log", "sqrt", "square", "sin", "cos", "tanh", "sign", "round", "relu", "sigmoid", "softmax"],
      ...["sum", "mean", "prod", "max", "min", "std", "squeeze", "transpose", "flatten"],
    ].map((name) => [name, `tensor(x).${name}()`]),
  ),
  ...Object.fromEntries(
    ["add", "sub", "mul", "div", "pow", "maximum", "minimum", "dot", "mod"].map((name) => [
      name,
      `tensor(x).${name}(y)`,
    ]),
  ),
  argMax: "tensor(x).argMax()",
  argmax: "tensor(x).argMax()",
  argMin: "tensor(x).argMin()",
  argmin: "tensor(x).argMin()",
  var: "tensor(x).variance()",
  reshape: "tensor(x).reshape([2, 3])",
  clipByValue: "tensor(x).clip(0, 1)",
  clamp: "tensor(x).clip(0, 1)",
};

const python: ForeignNames = {
  print: "console.log(…)",
  True: "true",
  False: "false",
  None: "null",
  self: "this",
  len: "x.length",
  range: "for (let i = 0; i < 10; i++) { … }",
  enumerate: "x.entries()",
  zip: "x.map((each, index) => [each, y[index]])",
  sorted: "x.toSorted((a, b) => a - b)",
  reversed: "x.toReversed()",
  sum: "x.reduce((sum, each) => sum + each, 0)",
  list: "[...x]",
  tuple: "[...x]",
  set: "new Set(…)",
  dict: "{ name: 1 }",
  str: "String(…)",
  float: "Number(…)",
  int: "Math.trunc(…)",
  bool: "Boolean(…)",
  abs: "Math.abs(…)",
  max: "Math.max(…)",
  min: "Math.min(…)",
  pow: "Math.pow(…)",
  round: "Math.round(…)",
  isinstance: "value instanceof Kind",
  Exception: "new Error(…)",
  pass: "{ }",
  elif: "else if",
  "math.pi": "Math.PI",
  "math.e": "Math.E",
  math: "Math",
  "random.random": "Math.random()",
  "time.time": "performance.now()",
};

const numpy: ForeignNames = {
  array: "tensor(…)",
  asarray: "tensor(…)",
  zeros: "zeros([2, 3])",
  ones: "ones([2, 3])",
  full: "full([2, 3], 1)",
  arange: "Array.from({ length: 10 }, (_, index) => index)",
  linspace: "Array.from({ length: 5 }, (_, index) => index / 4)",
  rand: "Math.random()",
  randn: "new Random(1).normal()",
  seed: "model.fit(x, y, { seed: 1 })",
  normal: "new Random(1).normal()",
  uniform: "new Random(1).uniform()",
  clip: "tensor(x).clip(0, 1)",
  maximum: "tensor(x).maximum(y)",
  minimum: "tensor(x).minimum(y)",
  pi: "Math.PI",
  e: "Math.E",
  inf: "Infinity",
  nan: "NaN",
  where: "where(…)",
  matmul: "matmul(…)",
  dot: "matmul(…)",
  concatenate: "concat(…)",
  stack: "stack(…)",
  reshape: "tensor(x).reshape([2, 3])",
  transpose: "tensor(x).transpose()",
  loadtxt: "datasets.csv(…)",
  genfromtxt: "datasets.csv(…)",
  var: "tensor(x).variance()",
  argmax: "tensor(x).argMax()",
  argmin: "tensor(x).argMin()",
  ...Object.fromEntries(
    ["exp", "log", "sqrt", "abs", "sin", "cos", "tanh", "sign", "mean", "std", "sum", "max", "min", "prod"].map(
      (name) => [name, `tensor(x).${name}()`],
    ),
  ),
};

/** Those alone that our names, however they are spelt, do not lead to. */
const keras: ForeignNames = {
  Model: "model({ inputs, outputs })",
  BatchNormalization: "layers.batchNorm(…)",
  LayerNormalization: "layers.layerNorm(…)",
  Concatenate: "layers.concat(…)",
  ReLU: 'layers.activation("relu")',
  LeakyReLU: 'layers.activation("leakyRelu")',
  Softmax: 'layers.activation("softmax")',
  MaxPool1D: "layers.maxPooling1d(…)",
  MaxPool2D: "layers.maxPooling2d(…)",
  AvgPool2D: "layers.averagePooling2d(…)",
  MeanSquaredError: "losses.mse()",
  MeanAbsoluteError: "losses.mae()",
  ModelCheckpoint: "callbacks.checkpoint()",
  ReduceLROnPlateau: "schedules.reduceOnPlateau()",
  LearningRateScheduler: "callbacks.learningRateSchedule(…)",
  to_categorical: "oneHot(…)",
  load_model: "load(…)",
  mnist: "datasets.digits()",
};

const tensorflow: ForeignNames = {
  ...keras,
  constant: "tensor(…)",
  Variable: "tensor(x, { requiresGrad: true })",
  variable: "tensor(x, { requiresGrad: true })",
  scalar: "tensor(…)",
  tensor1d: "tensor(…)",
  tensor2d: "tensor(…)",
  tensor3d: "tensor(…)",
  tensor4d: "tensor(…)",
  matmul: "matmul(…)",
  matMul: "matmul(…)",
  randomNormal: "new Random(1).normal()",
  randomUniform: "new Random(1).uniform()",
  linspace: "Array.from({ length: 5 }, (_, index) => index / 4)",
  meanSquaredError: "losses.mse()",
  absoluteDifference: "losses.mae()",
  sigmoidCrossEntropy: "losses.binaryCrossentropy({ fromLogits: true })",
  softmaxCrossEntropy: "losses.categoricalCrossentropy({ fromLogits: true })",
  loadLayersModel: "load(…)",
  GradientTape: "grad((x) => x.square().sum())",
};

const pytorch: ForeignNames = {
  tensor: "tensor(…)",
  Tensor: "tensor(…)",
  zeros: "zeros([2, 3])",
  ones: "ones([2, 3])",
  rand: "new Random(1).uniform()",
  randn: "new Random(1).normal()",
  manual_seed: "model.fit(x, y, { seed: 1 })",
  arange: "Array.from({ length: 10 }, (_, index) => index)",
  linspace: "Array.from({ length: 5 }, (_, index) => index / 4)",
  cat: "concat(…)",
  mm: "matmul(…)",
  matmul: "matmul(…)",
  no_grad: "noGrad(() => model.predict(x))",
  Module: "model({ inputs, outputs })",
  Sequential: "sequential([layers.dense(16), layers.dense(1)])",
  Linear: "layers.dense(units)",
  ReLU: 'layers.activation("relu")',
  LeakyReLU: 'layers.activation("leakyRelu")',
  GELU: 'layers.activation("gelu")',
  Sigmoid: 'layers.activation("sigmoid")',
  Tanh: 'layers.activation("tanh")',
  Softmax: 'layers.activation("softmax")',
  Softplus: 'layers.activation("softplus")',
  ELU: 'layers.activation("elu")',
  SELU: 'layers.activation("selu")',
  SiLU: 'layers.activation("silu")',
  Mish: 'layers.activation("mish")',
  Conv1d: "layers.conv1d(filters, kernelSize)",
  Conv2d: "layers.conv2d(filters, kernelSize)",
  MaxPool2d: "layers.maxPooling2d(…)",
  AvgPool2d: "layers.averagePooling2d(…)",
  BatchNorm1d: "layers.batchNorm()",
  BatchNorm2d: "layers.batchNorm()",
  LayerNorm: "layers.layerNorm()",
  RNN: "layers.simpleRnn(units)",
  LSTM: "layers.lstm(units)",
  GRU: "layers.gru(units)",
  MSELoss: "losses.mse()",
  L1Loss: "losses.mae()",
  BCELoss: "losses.binaryCrossentropy()",
  BCEWithLogitsLoss: "losses.binaryCrossentropy({ fromLogits: true })",
  CrossEntropyLoss: "losses.sparseCategoricalCrossentropy({ fromLogits: true })",
  NLLLoss: "losses.sparseCategoricalCrossentropy()",
  HuberLoss: "losses.huber()",
  SmoothL1Loss: "losses.smoothL1()",
  KLDivLoss: "losses.klDivergence()",
  mse_loss: "losses.mse()",
  cross_entropy: "losses.sparseCategoricalCrossentropy({ fromLogits: true })",
  binary_cross_entropy: "losses.binaryCrossentropy()",
  Adam: "optimizers.adam({ learningRate: 0.001 })",
  AdamW: "optimizers.adamW({ learningRate: 0.001 })",
  SGD: "optimizers.sgd({ learningRate: 0.01 })",
  DataLoader: "model.fit(x, y, { batchSize: 32 })",
  "loss.backward": "await model.fit(x, y)",
  "optimizer.step": "await model.fit(x, y)",
  "optimizer.zero_grad": "await model.fit(x, y)",
};

/** Parts of libraries, by their own names. */
export const foreignNames: Readonly<Record<Library, ForeignNames>> = {
  Python: python,
  NumPy: numpy,
  Keras: keras,
  TensorFlow: tensorflow,
  PyTorch: pytorch,
  pandas: { read_csv: "datasets.csv(…)" },
  Matplotlib: {},
  "scikit-learn": {
    train_test_split: "data.split({ validation: 0.2 })",
    StandardScaler: "data.standardize()",
    load_iris: "datasets.iris()",
    load_wine: "datasets.wine()",
    load_digits: "datasets.digits()",
    load_breast_cancer: "datasets.breastCancer()",
    make_moons: "datasets.moons()",
    make_circles: "datasets.circles()",
    make_blobs: "datasets.blobs()",
    confusion_matrix: "confusionMatrix(…)",
    classification_report: "classificationReport(…)",
    roc_curve: "rocCurve(…)",
  },
  "brain.js": {
    NeuralNetwork:
      'sequential([layers.dense(3, { activation: "sigmoid" }), layers.dense(1, { activation: "sigmoid" })])',
    NeuralNetworkGPU:
      'sequential([layers.dense(3, { activation: "sigmoid" }), layers.dense(1, { activation: "sigmoid" })])',
    LSTM: "layers.lstm(units)",
    GRU: "layers.gru(units)",
    RNN: "layers.simpleRnn(units)",
    LSTMTimeStep: "layers.lstm(units)",
    GRUTimeStep: "layers.gru(units)",
    RNNTimeStep: "layers.simpleRnn(units)",
  },
  Synaptic: {
    Perceptron: "sequential([layers.dense(3), layers.dense(1)])",
    LSTM: "layers.lstm(units)",
    Network: "sequential([layers.dense(3), layers.dense(1)])",
    Layer: "layers.dense(units)",
    Neuron: "layers.dense(1)",
    Trainer: "model.fit(x, y, { epochs: 100 })",
    "Architect.Perceptron": "sequential([layers.dense(3), layers.dense(1)])",
    "Architect.LSTM": "layers.lstm(units)",
  },
};

/** Options of other libraries by nnbook's names: the same that the engine's errors offer. */
export const foreignOptions: ForeignNames = {
  lr: "learningRate",
  eta: "learningRate",
  stepSize: "learningRate",
  l2: "weightDecay",
  inputDim: "inputShape",
  inputSize: "inputShape",
  bias: "useBias",
  initializer: "kernelInitializer",
  keepDims: "keepAxes",
  keepdim: "keepAxes",
  ddof: "correction",
  std: "standardDeviation",
  stddev: "standardDeviation",
  minDelta: "minChange",
  restoreBestWeights: "restoreBest",
  numClasses: "classes",
  valData: "validationData",
  valSplit: "validationSplit",
  onBatchBegin: "onStepBegin",
  onBatchEnd: "onStepEnd",
  onTrainBatchBegin: "onStepBegin",
  onTrainBatchEnd: "onStepEnd",
};
