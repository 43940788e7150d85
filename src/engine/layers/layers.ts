// The layers a user builds networks of: `layers.dense(…)`. Each family has a folder and brings its part.

import { withKnownMembers } from "../members.ts";
import { basicLayers } from "./basic/basicLayers.ts";

/** What other libraries call our layers. */
const aliases: Readonly<Record<string, string>> = {
  linear: "dense",
  fullyConnected: "dense",
  relu: "activation",
  sigmoid: "activation",
  tanh: "activation",
  softmax: "activation",
};

/** Layers to build networks of. */
export const layers = withKnownMembers("layer", { ...basicLayers } as const, aliases);
