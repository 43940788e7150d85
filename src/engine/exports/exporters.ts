// All that models are written down for. It is large and seldom needed: a host may read it when it is first asked for.

import { type Exporters, orRefused } from "./exporter.ts";
import { writeTorchScript } from "./pytorch/torchScript.ts";

export const exporters: Exporters = {
  pytorch: (model, options) => orRefused(() => writeTorchScript(model, options)),
};
