// Convolutions and pooling as PyTorch code. PyTorch wants channels first: axes are moved around each call, which copies nothing.

import { withAxes } from "../arrays.ts";
import type { LayerDescription } from "../description.ts";
import { type AxisWindow, numberOf, transposedWindows, weightOf, windowsOf } from "../windows.ts";
import { plainLayer, type TorchLayer, tuple } from "./torchCode.ts";

const first = (x: string) => `${x}.movedim(-1, 1)`;
const last = (x: string) => `${x}.movedim(1, -1)`;
const bracketed = (x: string) => (/^[\w.]+$/.test(x) ? x : `(${x})`);

/** For `F.pad`: the last axis first. */
function pads(windows: readonly AxisWindow[]): readonly number[] {
  return windows.toReversed().flatMap(({ before, after }) => [before, after]);
}

function padded(x: string, windows: readonly AxisWindow[], value = ""): string {
  const sides = pads(windows);
  return sides.every((side) => side === 0) ? x : `F.pad(${x}, ${tuple(sides)}${value})`;
}

/** conv1d, conv2d. */
export function convolution(layer: LayerDescription, name: string): TorchLayer {
  const windows = windowsOf(layer);
  const kernel = weightOf(layer, "kernel");
  if (kernel === null) return plainLayer(([x = ""]) => x);
  const axes = windows.length;
  const [inputs = 1, outputs = 1] = kernel.shape.slice(-2);
  return {
    ...plainLayer(([x = ""]) => last(`self.${name}(${padded(first(bracketed(x)), windows)})`)),
    attributes: { [name]: `nn.Conv${axes}d(${inputs}, ${outputs}, ${moduleWindow(layer, windows)})` },
    ...convolutionTensors(layer, name, {
      kernel: withAxes(kernel, [axes + 1, axes, ...windows.keys()]),
      view: `self.${name}.weight.permute${tuple([...windows.keys()].map((axis) => axis + 2).concat(1, 0))}`,
      weight: "kernel",
    }),
  };
}

/** depthwiseConv2d, and the first half of separableConv2d: a group for each channel. */
export function depthwiseConvolution(layer: LayerDescription, name: string): TorchLayer {
  const windows = windowsOf(layer);
  const kernel = weightOf(layer, "depthwiseKernel");
  const pointwise = weightOf(layer, "pointwiseKernel");
  if (kernel === null) return plainLayer(([x = ""]) => x);
  const [height = 1, width = 1, channels = 1, each = 1] = kernel.shape;
  const turned = withAxes(kernel, [2, 3, 0, 1]);
  const stored = { shape: [channels * each, 1, height, width], numbers: turned.numbers };
  const depthwise = pointwise === null ? name : `${name}_depthwise`;
  const module = `nn.Conv2d(${channels}, ${channels * each}, ${moduleWindow(layer, windows, pointwise === null)}, groups=${channels})`;
  const moved = (x: string) => last(`self.${depthwise}(${padded(first(bracketed(x)), windows)})`);
  const view = `self.${depthwise}.weight.view${tuple([channels, each, height, width])}.permute(2, 3, 0, 1)`;
  const part = convolutionTensors(layer, depthwise, { kernel: stored, view, weight: "depthwiseKernel" });
  if (pointwise === null)
    return { ...plainLayer(([x = ""]) => moved(x)), attributes: { [depthwise]: module }, ...part };
  // A 1 × 1 convolution is a product with each place's channels.
  const [, , mixed = 1, filters = 1] = pointwise.shape;
  const matrix = { shape: [mixed, filters], numbers: pointwise.numbers };
  const bias = weightOf(layer, "bias");
  const hasBias = bias !== null;
  return {
    ...plainLayer(([x = ""]) => `self.${name}_pointwise(${moved(x)})`),
    attributes: {
      [depthwise]: module,
      [`${name}_pointwise`]: `nn.Linear(${mixed}, ${filters}${hasBias ? "" : ", bias=False"})`,
    },
    tensors: {
      [`${depthwise}.weight`]: stored,
      [`${name}_pointwise.weight`]: withAxes(matrix, [1, 0]),
      ...(hasBias && { [`${name}_pointwise.bias`]: bias }),
    },
    views: {
      depthwiseKernel: view,
      pointwiseKernel: `self.${name}_pointwise.weight.T[None, None]`,
      ...(hasBias && { bias: `self.${name}_pointwise.bias` }),
    },
  };
}

/** conv2dTranspose: PyTorch gives all that the windows reach; what "same" leaves out is cut off, what is missing is 0 and bias. */
export function transposedConvolution(layer: LayerDescription, name: string): TorchLayer {
  const kernel = weightOf(layer, "kernel");
  const bias = weightOf(layer, "bias");
  if (kernel === null) return plainLayer(([x = ""]) => x);
  const [height = 1, width = 1, outputs = 1, inputs = 1] = kernel.shape;
  const windows = transposedWindows(layer);
  const sides = windows.map(({ cutBefore, cutAfter }) => [-cutBefore, -cutAfter]);
  const strides = windows.map(({ stride }) => stride);
  const list = sides.toReversed().flat();
  const cut = (x: string) =>
    list.every((side) => side === 0) ? x : `F.pad(${x}, ${tuple(list.map((side) => side + 0))})`;
  return {
    ...plainLayer(([x = ""]) => {
      const turned = last(cut(`self.${name}(${first(bracketed(x))})`));
      return bias === null ? turned : `${turned} + self.${name}_bias`;
    }),
    attributes: {
      [name]: `nn.ConvTranspose2d(${inputs}, ${outputs}, ${tuple([height, width])}, stride=${tuple(strides)}, bias=False)`,
      ...(bias !== null && { [`${name}_bias`]: `nn.Parameter(torch.zeros(${outputs}))` }),
    },
    tensors: { [`${name}.weight`]: withAxes(kernel, [3, 2, 0, 1]), ...(bias !== null && { [`${name}_bias`]: bias }) },
    views: { kernel: `self.${name}.weight.permute(2, 3, 1, 0)`, ...(bias !== null && { bias: `self.${name}_bias` }) },
  };
}

/** maxPooling1d …, averagePooling2d. */
export function pooling(layer: LayerDescription): TorchLayer {
  const windows = windowsOf(layer);
  const size = tuple(windows.map((window) => window.size));
  const stride = tuple(windows.map((window) => window.stride));
  const axes = windows.length;
  if (layer.type?.startsWith("max"))
    return plainLayer(([x = ""]) =>
      last(`F.max_pool${axes}d(${padded(first(bracketed(x)), windows, ', value=float("-inf")')}, ${size}, ${stride})`),
    );
  if (pads(windows).every((side) => side === 0))
    return plainLayer(([x = ""]) => last(`F.avg_pool${axes}d(${first(bracketed(x))}, ${size}, ${stride})`));
  return plainLayer(
    ([x = ""]) =>
      last(`average_pool(F.avg_pool${axes}d, ${first(bracketed(x))}, ${tuple(pads(windows))}, ${size}, ${stride})`),
    { helpers: ["average_pool"] },
  );
}

/** globalMaxPooling1d …, globalAveragePooling2d. */
export function globalPooling(layer: LayerDescription): TorchLayer {
  const axes = (layer.inputShapes[0]?.length ?? 2) === 2 ? "1" : "(1, 2)";
  const reduce = layer.type?.startsWith("globalMax") ? "amax" : "mean";
  return plainLayer(([x = ""]) => `${bracketed(x)}.${reduce}(${axes})`);
}

/** upSampling1d, upSampling2d. */
export function upSampling(layer: LayerDescription): TorchLayer {
  const { size } = layer.settings;
  const times = Array.isArray(size) ? size : [numberOf(layer, "size")];
  return plainLayer(([x = ""]) =>
    times.reduce<string>(
      (value, count, axis) => `${value}.repeat_interleave(${String(count)}, dim=${axis + 1})`,
      bracketed(x),
    ),
  );
}

/** zeroPadding1d, zeroPadding2d: channels, the last axis, stay. */
export function zeroPadding(layer: LayerDescription): TorchLayer {
  const { padding } = layer.settings;
  const sides = (Array.isArray(padding) ? padding : [])
    .toReversed()
    .flatMap((each) => (Array.isArray(each) ? each : []))
    .map(Number);
  return plainLayer(([x = ""]) => `F.pad(${x}, ${tuple([0, 0, ...sides])})`);
}

function moduleWindow(layer: LayerDescription, windows: readonly AxisWindow[], mayHaveBias = true): string {
  const parts = [
    tuple(windows.map(({ size }) => size)),
    ...(windows.some(({ stride }) => stride !== 1) ? [`stride=${tuple(windows.map(({ stride }) => stride))}`] : []),
    ...(windows.some(({ dilation }) => dilation !== 1)
      ? [`dilation=${tuple(windows.map(({ dilation }) => dilation))}`]
      : []),
    ...(mayHaveBias && weightOf(layer, "bias") !== null ? [] : ["bias=False"]),
  ];
  return parts.join(", ");
}

function convolutionTensors(
  layer: LayerDescription,
  name: string,
  {
    kernel,
    view,
    weight,
  }: { readonly kernel: TorchLayer["tensors"][string]; readonly view: string; readonly weight: string },
): Pick<TorchLayer, "tensors" | "views"> {
  const bias = weightOf(layer, "bias");
  return {
    tensors: { [`${name}.weight`]: kernel, ...(bias !== null && { [`${name}.bias`]: bias }) },
    views: { [weight]: view, ...(bias !== null && { bias: `self.${name}.bias` }) },
  };
}
