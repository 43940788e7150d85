// All that models are written down for. It is large and seldom needed: a host may read it when it is first asked for.

import { type Exporters, orRefused } from "./exporter.ts";
import { writeKerasScript } from "./keras/kerasScript.ts";
import { writeOnnxModel } from "./onnx/onnxModel.ts";
import { writeTorchScript } from "./pytorch/torchScript.ts";

export const exporters: Exporters = {
  keras: (model) => orRefused(() => writeKerasScript(model)),
  onnx: (model) => orRefused(() => writeOnnxModel(model)),
  pytorch: (model, options) => orRefused(() => writeTorchScript(model, options)),
};
