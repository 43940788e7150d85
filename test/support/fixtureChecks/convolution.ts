// Checks convolutions against fixture files of the schemas of `layers/conv1d.json`, `conv2d.json`, `depthwise_separable_conv2d.json` and `conv2d_transpose.json`.

import { type Layer, layers } from "../../../src/engine/index.ts";
import { type CaseResult, checkCase } from "./caseResult.ts";
import { tensorNamed } from "./comparison.ts";
import { refuseUnknownFields } from "./knownFields.ts";
import { compareLayer, type LayerCase, type LayerFile, toleranceOf } from "./layerCase.ts";

type Sizes = number | readonly number[];

interface ConvolutionCase extends LayerCase {
  readonly config: {
    /** "depthwise" or "separable" in the file of those. */
    readonly kind?: string;
    readonly kernel_size: Sizes;
    readonly filters?: number;
    readonly depth_multiplier?: number;
    readonly strides?: Sizes;
    /** A word, or as many zeros on both sides of each axis. */
    readonly padding?: string | Sizes;
    readonly dilation?: Sizes;
    readonly use_bias?: boolean;
    readonly activation?: string | null;
  };
}

export function checkConvolution(file: LayerFile<ConvolutionCase>): CaseResult[] {
  return checkCases(file, false);
}

/** A case of a transposed convolution looks like one that is not: the file tells. */
export function checkTransposedConvolution(file: LayerFile<ConvolutionCase>): CaseResult[] {
  return checkCases(file, true);
}

function checkCases(file: LayerFile<ConvolutionCase>, isTransposed: boolean): CaseResult[] {
  return file.cases.map((each) =>
    checkCase(each.name, () => {
      const tolerance = toleranceOf(each, file);
      const weightNames = { depthwiseKernel: "depthwise_kernel", pointwiseKernel: "pointwise_kernel" };
      const run = { training: true, weightNames };
      return compareLayer(layerOf(each, isTransposed), each, tolerance, run).worst;
    }),
  );
}

const convolutionFields = [
  ...["kind", "kernel_size", "filters", "depth_multiplier", "strides", "padding", "dilation", "use_bias", "activation"],
];

/** The layer of a case. A file's bias is given or not; a word that is wrong is refused by the layer. */
function layerOf({ config, inputs, name }: ConvolutionCase, isTransposed: boolean): Layer {
  refuseUnknownFields("a convolution", config, convolutionFields);
  const { kernel_size: kernelSize, filters = 0, strides = 1, dilation = 1, padding = "valid" } = config;
  const useBias = config.use_bias ?? inputs.bias !== undefined;
  const shared = { useBias, activation: config.activation ?? "linear" };
  if (tensorNamed(inputs, "x").shape.length === 3)
    return layers.conv1d(filters, single(kernelSize), {
      ...shared,
      strides: single(strides),
      dilationRate: single(dilation),
      padding: typeof padding === "string" ? (padding as "valid" | "same" | "causal") : single(padding),
    });
  const window = pair(kernelSize);
  const placed = { ...shared, strides: pair(strides) };
  const word = padding as "valid" | "same";
  if (isTransposed) {
    if (typeof padding !== "string" || pair(dilation).some((rate) => rate !== 1))
      throw new Error(`${name}: a transposed convolution takes neither padding in numbers nor dilation.`);
    return layers.conv2dTranspose(filters, window, { ...placed, padding: word });
  }
  const options = {
    ...placed,
    dilationRate: pair(dilation),
    padding: typeof padding === "string" ? word : pair(padding),
  };
  const depthMultiplier = config.depth_multiplier ?? 1;
  if (config.kind === "depthwise") return layers.depthwiseConv2d(window, { ...options, depthMultiplier });
  if (config.kind === "separable") return layers.separableConv2d(filters, window, { ...options, depthMultiplier });
  return layers.conv2d(filters, window, options);
}

/** A size of one axis, also as a list of one. */
export function single(sizes: Sizes): number {
  return typeof sizes === "number" ? sizes : (sizes[0] ?? 0);
}

/** A size for each of two axes. */
export function pair(sizes: Sizes): readonly [number, number] {
  return typeof sizes === "number" ? [sizes, sizes] : [sizes[0] ?? 0, sizes[1] ?? 0];
}
