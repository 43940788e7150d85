// What models, tensors and layers of other libraries can do under other names, with what to write here. Words alone: the editor asks for them too.

/** By the name elsewhere: what to write here. */
export type Instead = Readonly<Record<string, string>>;

const training = "Train by model.compile({ loss, optimizer }) and await model.fit(x, y), or model.trainOnBatch(x, y).";
const keeping =
  "model.getWeights() gives the weights, model.setWeights(weights) takes them, model.clone() copies the model.";
const noDevice = "Leave it out: there is one device, and useBackend(…) chooses who computes.";
const noDisposal = "Leave it out: memory is given back by itself.";

const insteadOnModels: Instead = {
  add: "Give all layers at once: sequential([layers.dense(16), layers.dense(1)]).",
  train: training,
  train_on_batch: "Write model.trainOnBatch(x, y).",
  fitDataset: "Write await model.fit(data).",
  step: training,
  backward: training,
  zero_grad: `Leave it out: every step has gradients of its own. ${training}`,
  zeroGrad: `Leave it out: every step has gradients of its own. ${training}`,
  forward: "model.predict(x) gives outputs, model.apply(x) goes on in a graph.",
  eval: "Leave it out: predict and evaluate always run without dropout and by moving statistics.",
  parameters: "Write model.weights.",
  trainableWeights: "Write model.weights.filter(({ isTrainable }) => isTrainable).",
  countParams: "Write model.summary().",
  getLayer: "Write model.layers.find(({ name }) => name === …).",
  get_layer: "Write model.layers.find(({ name }) => name === …).",
  get_weights: "Write model.getWeights().",
  set_weights: "Write model.setWeights(weights).",
  state_dict: keeping,
  stateDict: keeping,
  load_state_dict: keeping,
  loadStateDict: keeping,
  load: 'load is a function of its own: import { load } from "nnbook"; const model = load("models/digits").',
  saveWeights: 'Write model.save("models/digits"): the weights are in models/digits.safetensors.',
  save_weights: 'Write model.save("models/digits"): the weights are in models/digits.safetensors.',
  loadWeights: "Write model.setWeights(load(path).getWeights()).",
  load_weights: "Write model.setWeights(load(path).getWeights()).",
  toJson: "Write model.serialize().json.",
  to_json: "Write model.serialize().json.",
  predictOnBatch: "Write model.predict(x).",
  to: noDevice,
  cuda: noDevice,
  dispose: noDisposal,
};

const insteadOnTensors: Instead = {
  numpy: "Write tensor.toArray(), or tensor.data for the numbers in a row.",
  tolist: "Write tensor.toArray().",
  arraySync: "Write tensor.toArray().",
  dataSync: "Write tensor.data.",
  view: "Write tensor.reshape(shape).",
  unsqueeze: "Write tensor.expandDims(axis).",
  permute: "Write tensor.transpose([1, 0]).",
  t: "Write tensor.transpose().",
  T: "Write tensor.transpose().",
  mm: "Write tensor.matmul(other).",
  matMul: "Write tensor.matmul(other).",
  dot: "Write tensor.matmul(other).",
  power: "Write tensor.pow(exponent).",
  add_: "Tensors do not change: x.add(y) gives another one.",
  zero_: "Tensors do not change: zeros(x.shape) gives another one.",
  requires_grad_: "Write tensor(numbers, { requiresGrad: true }).",
  print: "Write console.log(tensor).",
  to: noDevice,
  cuda: noDevice,
  dispose: noDisposal,
};

const insteadOnLayers: Instead = {
  forward: "Write layer.apply(x) in a graph; a layer alone: sequential([layer]).predict(x).",
  getWeights: "Write layer.weights.",
  get_weights: "Write layer.weights.",
  countParams: "Write layer.parameterCount.",
};

/** By what it is that is asked for the name. */
export const insteadOn = { model: insteadOnModels, tensor: insteadOnTensors, layer: insteadOnLayers } as const;
