// The layers a user builds networks of: `layers.dense(…)`. Each family has a folder and brings its part.

import { withKnownMembers } from "../members.ts";
import { remembering } from "../remake.ts";
import { arrangingAliases, arrangingLayers } from "./arranging/arrangingLayers.ts";
import { attentionLayers } from "./attention/attentionLayers.ts";
import { basicLayers } from "./basic/basicLayers.ts";
import { makingChecked } from "./checkedCalls.ts";
import { convolutionAliases, convolutionLayers } from "./convolution/convolutionLayers.ts";
import { customAliases, customLayers } from "./custom/customLayers.ts";
import { embeddingLayers } from "./embedding/embeddingLayers.ts";
import { mergingAliases, mergingLayers } from "./merging/mergingLayers.ts";
import { noiseLayers } from "./noise/noiseLayers.ts";
import { normalizationLayers } from "./normalization/normalizationLayers.ts";
import { poolingAliases, poolingLayers } from "./pooling/poolingLayers.ts";
import { recurrentLayers } from "./recurrent/recurrentLayers.ts";

/** What other libraries call our layers. */
const aliases: Readonly<Record<string, string>> = {
  linear: "dense",
  fullyConnected: "dense",
  relu: "activation('relu')",
  leakyRelu: "activation('leakyRelu')",
  prelu: "activation('prelu')",
  elu: "activation('elu')",
  gelu: "activation('gelu')",
  silu: "activation('silu')",
  sigmoid: "activation('sigmoid')",
  tanh: "activation('tanh')",
  softmax: "activation('softmax')",
  ...customAliases,
  ...mergingAliases,
  ...convolutionAliases,
  ...poolingAliases,
  ...arrangingAliases,
  batchNormalization: "batchNorm",
  batchNorm1d: "batchNorm",
  batchNorm2d: "batchNorm",
  layerNormalization: "layerNorm",
  rmsNormalization: "rmsNorm",
  view: "reshape",
  rnn: "simpleRnn",
  attention: "multiHeadAttention",
  groupNorm: "layerNorm",
  groupNormalization: "layerNorm",
  instanceNorm2d: "layerNorm",
  dropout1d: "spatialDropout1d",
  dropout2d: "spatialDropout2d",
  conv3d: "conv2d",
  identity: "activation('linear')",
  input: "import { input } from 'nnbook'",
  inputLayer: "import { input } from 'nnbook'",
  sequential: "import { sequential } from 'nnbook'",
  model: "import { model } from 'nnbook'",
  timeDistributed: "dense, which takes each step by itself",
  activityRegularization: "dense({ units, activityRegularizer })",
  normalization: "batchNorm, or standardize() of the data",
  rescaling: "custom, or standardize() of the data",
};

// From simple to involved. The type names the families one by one, so that the words on each layer come along to wherever it is used.
/** Layers to build networks of. */
export const layers: typeof basicLayers &
  typeof mergingLayers &
  typeof convolutionLayers &
  typeof poolingLayers &
  typeof arrangingLayers &
  typeof normalizationLayers &
  typeof noiseLayers &
  typeof embeddingLayers &
  typeof recurrentLayers &
  typeof attentionLayers &
  typeof customLayers = withKnownMembers(
  "layer",
  remembering(
    "layers",
    makingChecked({
      ...basicLayers,
      ...mergingLayers,
      ...convolutionLayers,
      ...poolingLayers,
      ...arrangingLayers,
      ...normalizationLayers,
      ...noiseLayers,
      ...embeddingLayers,
      ...recurrentLayers,
      ...attentionLayers,
      ...customLayers,
    } as const),
    {
      ...{ dense: 2, activation: 2, reshape: 2, residual: 2, permute: 2, repeatVector: 2, embedding: 3 },
      ...{ conv1d: 3, conv2d: 3, depthwiseConv2d: 2, separableConv2d: 3, conv2dTranspose: 3 },
      ...{ maxPooling1d: 2, maxPooling2d: 2, averagePooling1d: 2, averagePooling2d: 2 },
      ...{ upSampling1d: 2, upSampling2d: 2, zeroPadding1d: 2, zeroPadding2d: 2 },
      ...{ dropout: 2, spatialDropout1d: 2, spatialDropout2d: 2, gaussianNoise: 2 },
      ...{ simpleRnn: 2, lstm: 2, gru: 2, bidirectional: 2, multiHeadAttention: 2 },
    },
  ),
  aliases,
);
