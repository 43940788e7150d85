// Operations of recurrent layers: one step of a sequence, with the product of the state before it, and the way back to a sequence.
// They find a step by strides, so that a sequence `[batch, steps, features]` is never turned or cut beforehand.

import type { MatrixView } from "../backend/backend.ts";
import { formatShape, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { inputAt, type NumberBlock, type Op } from "./op.ts";
import { placeOp } from "./place.ts";

/** Which numbers of a sequence: those of one step, from one column on. */
export interface StepColumns {
  readonly step: number;
  readonly from: number;
}

/** `y = x[:, step, from … from + size]` for `x` `[batch, steps, columns]`: `[batch, size]`. */
export const takeStepOp: Op<StepColumns & { readonly size: number }> = {
  name: "takeStep",
  outputShape(inputs, { step, from, size }) {
    const x = inputAt(inputs, 0);
    checkColumns(x, { step, from }, size);
    return [x[0] ?? 1, size];
  },
  forward(backend, inputs, output, columns) {
    const x = inputAt(inputs, 0);
    backend.gatherStrided(x.data, offsetIn(x.shape, columns), rowStrides(x.shape), output.shape, output.data);
  },
  backward(backend, { inputs, outputGrad, inputGrads }, columns) {
    const xGrad = inputAt(inputGrads, 0);
    if (xGrad === null) return;
    const { shape } = inputAt(inputs, 0);
    backend.scatterAddStrided(
      outputGrad.data,
      outputGrad.shape,
      xGrad.data,
      offsetIn(shape, columns),
      rowStrides(shape),
    );
  },
  derive: ({ inputs, outputGrad }, columns) => [() => placed(outputGrad, inputAt(inputs, 0).shape, columns)],
};

/**
 * `y = x[:, step, from …] + h · w` for `x` `[batch, steps, columns]` (a batch of 1 is stretched), `h` `[batch, units]`
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
    const x = inputAt(inputs, 0);
    const h = inputAt(inputs, 1);
    const w = inputAt(inputs, 2);
    const [rows = 1, size = 1] = output.shape;
    const inner = h.shape[1] ?? 1;
    backend.gatherStrided(x.data, offsetIn(x.shape, columns), rowStrides(x.shape), output.shape, output.data);
    const product = { a: matrix(h), b: matrix(w), output: matrix(output) };
    backend.matmul({ ...product, rows, inner, columns: size, accumulate: true });
  },
  backward(backend, { inputs, outputGrad, inputGrads }, columns) {
    const x = inputAt(inputs, 0);
    const h = inputAt(inputs, 1);
    const w = inputAt(inputs, 2);
    const [xGrad, hGrad, wGrad] = inputGrads;
    const [batch = 1, size = 1] = outputGrad.shape;
    const units = h.shape[1] ?? 1;
    const yGrad = matrix(outputGrad);
    if (xGrad)
      backend.scatterAddStrided(
        outputGrad.data,
        outputGrad.shape,
        xGrad.data,
        offsetIn(x.shape, columns),
        rowStrides(x.shape),
      );
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
    const isStretched = x.shape[0] === 1;
    return [
      () => placed(isStretched ? outputGrad.sum(0, { keepAxes: true }) : outputGrad, x.shape, columns),
      () => outputGrad.matmul(w.transpose()),
      () => h.transpose().matmul(outputGrad),
    ];
  },
};

/** Steps `[batch, units]`, in order, as a sequence `[batch, steps, units]`. */
export const stackStepsOp: Op<null> = {
  name: "stackSteps",
  outputShape(inputs) {
    const [batch = 1, units = 1] = inputAt(inputs, 0);
    return [batch, inputs.length, units];
  },
  forward(backend, inputs, output) {
    const units = output.shape[2] ?? 1;
    backend.fill(output.data, 0);
    inputs.forEach((step, index) => {
      backend.scatterAddStrided(step.data, step.shape, output.data, index * units, [inputs.length * units, 1]);
    });
  },
  backward(backend, { inputs, outputGrad, inputGrads }) {
    const units = outputGrad.shape[2] ?? 1;
    inputs.forEach((step, index) => {
      const grad = inputGrads[index] ?? null;
      if (grad !== null)
        backend.addStrided(outputGrad.data, index * units, [inputs.length * units, 1], step.shape, grad.data);
    });
  },
  derive({ inputs, outputGrad }) {
    const size = outputGrad.shape[2] ?? 1;
    return inputs.map((_, step) => () => outputGrad.apply(takeStepOp, [], { step, from: 0, size }));
  },
};

/** The numbers of a step back in a sequence of zeros. */
function placed(stepGrad: Tensor, shape: Shape, { step, from }: StepColumns): Tensor {
  const [batch = 1, size = 1] = stepGrad.shape;
  return stepGrad.reshape([batch, 1, size]).apply(placeOp, [], { start: [0, step, from], shape });
}

// Layers check what users give; this guards against a layer that counts wrongly.
function checkColumns(x: Shape, { step, from }: StepColumns, size: number): void {
  const [, steps = 0, columns = 0] = x;
  if (x.length !== 3 || step < 0 || step >= steps || from < 0 || from + size > columns)
    throw new RangeError(`Step ${step}, columns ${from} to ${from + size} are not in ${formatShape(x)}.`);
}

function offsetIn(shape: Shape, { step, from }: StepColumns): number {
  return step * (shape[2] ?? 1) + from;
}

/** How far apart the examples of a step and the columns lie; a batch of 1 serves every example. */
function rowStrides([batch = 1, steps = 1, columns = 1]: Shape): [number, number] {
  return [batch === 1 ? 0 : steps * columns, 1];
}

function matrix({ data, shape }: NumberBlock): MatrixView {
  return { data, offset: 0, rowStride: shape[1] ?? 1, columnStride: 1 };
}

function turned(view: MatrixView): MatrixView {
  return { ...view, rowStride: view.columnStride, columnStride: view.rowStride };
}
