// Random calls for tests: number by number, stretched, and products with what is added to them.

import type { Floats } from "../../../intrinsics.ts";
import { stridesOf } from "../../../shape.ts";
import type { MatrixView } from "../../backend.ts";
import { stretchedStrides } from "../../walk.ts";
import { pick, type RecordedArray, type RecordingWriter, sizeOf } from "./recordingWriter.testing.ts";

export function fillStep(writer: RecordingWriter): void {
  const [rows, columns] = writer.shape;
  const value = pick(writer.random, [0, 0, -0, 1.5]);
  const output = writer.target(rows * columns);
  writer.call(`fill ${writer.name(output)} with ${value}`, (backend, at) => backend.fill(at(output), value));
}

export function copyStep(writer: RecordingWriter): void {
  const [rows, columns] = writer.shape;
  const scale = pick(writer.random, [1, 1, 1, -0.5]);
  const input = writer.source(rows * columns);
  const output = writer.target(rows * columns, [input]);
  writer.call(`copy ${writer.name(input)} to ${writer.name(output)} · ${scale}`, (backend, at) =>
    backend.copy(at(input), at(output), scale),
  );
}

export function addScaledStep(writer: RecordingWriter): void {
  const [rows, columns] = writer.shape;
  const scale = pick(writer.random, [1, 1, 0.3]);
  const input = writer.source(rows * columns);
  const output = writer.sum(rows * columns, [input]);
  writer.call(`add ${writer.name(input)} · ${scale} to ${writer.name(output)}`, (backend, at) =>
    backend.addScaled(at(input), at(output), scale),
  );
}

const unaryNames = ["tanh", "relu", "sigmoid", "square", "negate", "gelu", "abs", "sin"] as const;

export function unaryStep(writer: RecordingWriter): void {
  const [rows, columns] = writer.shape;
  const name = pick(writer.random, unaryNames);
  const x = writer.source(rows * columns);
  const output = writer.target(rows * columns, writer.random.chance(0.1) ? [] : [x]);
  writer.call(`${name} ${writer.name(x)} into ${writer.name(output)}`, (backend, at) =>
    backend.unary(name, at(x), at(output), 0.2),
  );
}

export function unaryGradStep(writer: RecordingWriter): void {
  const [rows, columns] = writer.shape;
  const name = pick(writer.random, unaryNames);
  const length = rows * columns;
  const [x, y, outputGrad] = [writer.source(length), writer.source(length), writer.source(length)];
  const xGrad = writer.sum(length, [x, y, outputGrad]);
  writer.call(`gradient of ${name} ${[x, y, outputGrad, xGrad].map((each) => writer.name(each)).join(" ")}`, (b, at) =>
    b.unaryGrad(name, { x: at(x), y: at(y), outputGrad: at(outputGrad), xGrad: at(xGrad) }, 0.2),
  );
}

/** No division: a plan may give a zero another sign, and a quotient would show that as an infinity. */
const binaryNames = ["add", "add", "subtract", "multiply", "prelu", "maximum", "greater", "takeWhere"] as const;

/** Two shapes and what they are stretched to. */
function shapePair(writer: RecordingWriter): [number[], number[], number[]] {
  const [rows, columns] = writer.shape;
  const whole = [rows, columns];
  const other = pick(writer.random, [whole, whole, [1, columns], [columns], [rows, 1], [1]]);
  if (writer.random.chance(0.2)) return [[rows, 1], [1, columns], whole];
  return writer.random.chance(0.5) ? [whole, other, whole] : [other, whole, whole];
}

export function binaryStep(writer: RecordingWriter): void {
  const [aShape, bShape, shape] = shapePair(writer);
  const name = pick(writer.random, binaryNames);
  const [a, b] = [writer.source(sizeOf(aShape)), writer.source(sizeOf(bShape))];
  const output = writer.target(sizeOf(shape), [a, b]);
  const [aStrides, bStrides] = [stretchedStrides(aShape, shape), stretchedStrides(bShape, shape)];
  writer.call(`${name} ${[a, b, output].map((each) => writer.name(each)).join(" ")} in ${shape}`, (backend, at) =>
    backend.binary(name, { shape, a: at(a), aStrides, b: at(b), bStrides }, at(output)),
  );
}

export function binaryGradStep(writer: RecordingWriter): void {
  const [aShape, bShape, shape] = shapePair(writer);
  const name = pick(writer.random, binaryNames);
  const [a, b] = [writer.source(sizeOf(aShape)), writer.source(sizeOf(bShape))];
  const outputGrad = writer.source(sizeOf(shape));
  const which = writer.random.integer(3);
  const aGrad = which === 0 ? null : writer.sum(a.length, [a, b, outputGrad]);
  const bGrad = which === 1 ? null : writer.sum(b.length, [a, b, outputGrad, ...(aGrad === null ? [] : [aGrad])]);
  const [aStrides, bStrides] = [stretchedStrides(aShape, shape), stretchedStrides(bShape, shape)];
  const names = [a, b, outputGrad, aGrad, bGrad].map((each) => (each === null ? "none" : writer.name(each)));
  writer.call(`gradient of ${name} ${names.join(" ")} in ${shape}`, (backend, at) =>
    backend.binaryGrad(
      name,
      { shape, a: at(a), aStrides, b: at(b), bStrides },
      {
        outputGrad: at(outputGrad),
        aGrad: aGrad === null ? null : at(aGrad),
        bGrad: bGrad === null ? null : at(bGrad),
      },
    ),
  );
}

const rowMajor = (data: Floats, columns: number): MatrixView => ({
  data,
  offset: 0,
  rowStride: columns,
  columnStride: 1,
});
const turned = (data: Floats, columns: number): MatrixView => ({
  data,
  offset: 0,
  rowStride: 1,
  columnStride: columns,
});

export function matmulStep(writer: RecordingWriter): void {
  productOf(writer, writer.size, writer.size, writer.random.chance(0.5));
}

function productOf(writer: RecordingWriter, rows: number, columns: number, accumulate: boolean): RecordedArray {
  const inner = writer.size;
  const [a, b] = [writer.source(rows * inner), writer.source(inner * columns)];
  const output = accumulate ? writer.sum(rows * columns, [a, b]) : writer.target(rows * columns, [a, b]);
  const [isATurned, isBTurned] = [writer.random.chance(0.3), writer.random.chance(0.3)];
  writer.call(
    `${accumulate ? "add " : ""}product ${[a, b, output].map((each) => writer.name(each)).join(" ")} ${rows} × ${inner} × ${columns}`,
    (backend, at) =>
      backend.matmul({
        a: isATurned ? turned(at(a), rows) : rowMajor(at(a), inner),
        b: isBTurned ? turned(at(b), inner) : rowMajor(at(b), columns),
        output: rowMajor(at(output), columns),
        ...{ rows, inner, columns, accumulate },
      }),
  );
  return output;
}

/** A ReLU of an array, often right after it was made. */
export function rectifyStep(writer: RecordingWriter, x: RecordedArray): RecordedArray {
  if (writer.random.chance(0.2)) pick(writer.random, [fillStep, copyStep, unaryStep])(writer);
  const output = writer.target(x.length, [x]);
  writer.call(`relu ${writer.name(x)} into ${writer.name(output)}`, (backend, at) =>
    backend.unary("relu", at(x), at(output), 0),
  );
  return output;
}

/** A product, something perhaps, a row that is added to it, and a ReLU of it. */
export function biasStep(writer: RecordingWriter): void {
  const [rows, columns] = writer.shape;
  const product = productOf(writer, rows, columns, writer.random.chance(0.3));
  if (writer.random.chance(0.2)) {
    rectifyStep(writer, product);
    return;
  }
  if (writer.random.chance(0.2)) pick(writer.random, [fillStep, copyStep, unaryStep])(writer);
  const bias = rows === 1 && writer.random.chance(0.3) ? product : writer.source(columns);
  const output = writer.target(rows * columns, writer.random.chance(0.1) ? [] : [product, bias]);
  const shape = [rows, columns];
  writer.call(`add row ${writer.name(bias)} to ${writer.name(product)} into ${writer.name(output)}`, (backend, at) =>
    backend.binary(
      "add",
      {
        ...{ shape, a: at(product), aStrides: stridesOf(shape) },
        ...{ b: at(bias), bStrides: stretchedStrides([columns], shape) },
      },
      at(output),
    ),
  );
  if (writer.random.chance(0.5)) rectifyStep(writer, output);
}

/** Products of the matrices of a batch, into parts of one array. */
export function batchStep(writer: RecordingWriter): void {
  const [rows, inner, columns] = [writer.size, writer.size, writer.size];
  const count = 2;
  const [a, b] = [writer.source(count * rows * inner), writer.source(count * inner * columns)];
  const output = writer.sum(count * rows * columns, [a, b]);
  const accumulate = writer.random.chance(0.5);
  const part = (data: Floats, which: number, size: number, rowStride: number) => ({
    ...{ data, offset: which * size, rowStride, columnStride: 1 },
  });
  writer.call(`products of a batch ${[a, b, output].map((each) => writer.name(each)).join(" ")}`, (backend, at) => {
    for (let which = 0; which < count; which++)
      backend.matmul({
        a: part(at(a), which, rows * inner, inner),
        b: part(at(b), which, inner * columns, columns),
        output: part(at(output), which, rows * columns, columns),
        ...{ rows, inner, columns, accumulate },
      });
  });
}
