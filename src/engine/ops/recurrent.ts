// Operations of recurrent layers: one step of a sequence, with the product of the state before it, and the way back to a sequence.
// Here a sequence is `[steps, batch, features]`: the numbers of a step stand side by side.

import type { Backend, MatrixView } from "../backend/backend.ts";
import { formatShape, type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { inputAt, type NumberBlock, type Op } from "./op.ts";
import { type Part, partOf } from "./part.ts";
import { placeOp } from "./place.ts";

/** Which numbers of a sequence: those of one step, from one column on. */
export interface StepColumns {
  readonly step: number;
  readonly from: number;
}

/** `y = x[step, :, from … from + size]` for `x` `[steps, batch, columns]`: `[batch, size]`. */
export const takeStepOp: Op<StepColumns & { readonly size: number }> = {
  name: "takeStep",
  outputShape(inputs, { step, from, size }) {
    const x = inputAt(inputs, 0);
    checkColumns(x, { step, from }, size);
    return [x[1] ?? 1, size];
  },
  forward(backend, inputs, output, columns) {
    readColumns(backend, inputAt(inputs, 0), columns, output);
  },
  backward(backend, { outputGrad, inputGrads }, columns) {
    const xGrad = inputAt(inputGrads, 0);
    if (xGrad !== null) addColumns(backend, outputGrad, xGrad, columns);
  },
  derive: ({ inputs, outputGrad }, columns) => [() => placed(outputGrad, inputAt(inputs, 0).shape, columns)],
};

/**
 * `y = x[step, :, from …] + h · w` for `x` `[steps, batch, columns]` (a batch of 1 is stretched), `h` `[batch, units]`
 * and `w` `[units, size]`: `[batch, size]`.
 *
 * Backward: the step's part of `xGrad` gets `yGrad`, `hGrad` gets `yGrad · wᵀ`, `wGrad` gets `hᵀ · yGrad`.
 */
export const stepProductOp: Op<StepColumns> = {
  name: "stepProduct",
  outputShape(inputs, columns) {
    const [batch = 1, units = 1] = inputAt(inputs, 1);
    const [rows, size = 1] = inputAt(inputs, 2);
    checkColumns(inputAt(inputs, 0), columns, size);
    if (rows !== units) throw new RangeError(`stepProduct: ${units} units do not fit ${rows} rows.`);
    return [batch, size];
  },
  forward(backend, inputs, output, columns) {
    const h = inputAt(inputs, 1);
    const w = inputAt(inputs, 2);
    const [rows = 1, size = 1] = output.shape;
    const inner = h.shape[1] ?? 1;
    readColumns(backend, inputAt(inputs, 0), columns, output);
    const product = { a: matrix(h), b: matrix(w), output: matrix(output) };
    backend.matmul({ ...product, rows, inner, columns: size, accumulate: true });
  },
  backward(backend, { inputs, outputGrad, inputGrads }, columns) {
    const h = inputAt(inputs, 1);
    const w = inputAt(inputs, 2);
    const [xGrad, hGrad, wGrad] = inputGrads;
    const [batch = 1, size = 1] = outputGrad.shape;
    const units = h.shape[1] ?? 1;
    const yGrad = matrix(outputGrad);
    if (xGrad) addColumns(backend, outputGrad, xGrad, columns);
    if (hGrad)
      backend.matmul({
        ...{ a: yGrad, b: turned(matrix(w)), output: matrix(hGrad) },
        ...{ rows: batch, inner: size, columns: units, accumulate: true },
      });
    if (wGrad)
      backend.matmul({
        ...{ a: turned(matrix(h)), b: yGrad, output: matrix(wGrad) },
        ...{ rows: units, inner: batch, columns: size, accumulate: true },
      });
  },
  derive({ inputs, outputGrad }, columns) {
    const x = inputAt(inputs, 0);
    const h = inputAt(inputs, 1);
    const w = inputAt(inputs, 2);
    const isStretched = x.shape[1] === 1;
    return [
      () => placed(isStretched ? outputGrad.sum(0, { keepAxes: true }) : outputGrad, x.shape, columns),
      () => outputGrad.matmul(w.transpose()),
      () => h.transpose().matmul(outputGrad),
    ];
  },
};

/** Steps `[batch, units]`, in order, as a sequence `[steps, batch, units]`. */
export const stackStepsOp: Op<null> = {
  name: "stackSteps",
  outputShape: (inputs) => [inputs.length, ...inputAt(inputs, 0)],
  forward(backend, inputs, output) {
    backend.fill(output.data, 0);
    inputs.forEach((each, step) => {
      addColumns(backend, each, output, { step, from: 0 });
    });
  },
  backward(backend, { inputs, outputGrad, inputGrads }) {
    inputs.forEach((each, step) => {
      const grad = inputGrads[step] ?? null;
      const { data, offset } = stepOf(outputGrad, step);
      if (grad !== null) backend.addStrided(data, offset, rowStrides(outputGrad.shape), each.shape, grad.data);
    });
  },
  derive({ inputs, outputGrad }) {
    const size = outputGrad.shape[2] ?? 1;
    return inputs.map((_, step) => () => outputGrad.apply(takeStepOp, [], { step, from: 0, size }));
  },
};

/** The numbers of a step back in a sequence of zeros. */
function placed(stepGrad: Tensor, shape: Shape, { step, from }: StepColumns): Tensor {
  return stepGrad.reshape([1, ...stepGrad.shape]).apply(placeOp, [], { start: [step, 0, from], shape });
}

// Layers check what users give; this guards against a layer that counts wrongly.
function checkColumns(x: Shape, { step, from }: StepColumns, size: number): void {
  const [steps = 0, , columns = 0] = x;
  if (x.length !== 3 || step < 0 || step >= steps || from < 0 || from + size > columns)
    throw new RangeError(`Step ${step}, columns ${from} to ${from + size} are not in ${formatShape(x)}.`);
}

function readColumns(backend: Backend, x: NumberBlock, { step, from }: StepColumns, output: NumberBlock): void {
  const { data, offset } = stepOf(x, step);
  backend.gatherStrided(data, offset + from, rowStrides(x.shape), output.shape, output.data);
}

function addColumns(backend: Backend, added: NumberBlock, x: NumberBlock, { step, from }: StepColumns): void {
  const { data, offset } = stepOf(x, step);
  backend.scatterAddStrided(added.data, added.shape, data, offset + from, rowStrides(x.shape));
}

function stepOf({ data, shape }: NumberBlock, step: number): Part {
  const size = sizeOf(shape.slice(1));
  return partOf(data, step * size, size);
}

/** How far apart the examples of a step and the columns lie; a batch of 1 serves every example. */
function rowStrides([, batch = 1, columns = 1]: Shape): [number, number] {
  return [batch === 1 ? 0 : columns, 1];
}

function matrix({ data, shape }: NumberBlock): MatrixView {
  return { data, offset: 0, rowStride: shape[1] ?? 1, columnStride: 1 };
}

function turned(view: MatrixView): MatrixView {
  return { ...view, rowStride: view.columnStride, columnStride: view.rowStride };
}
