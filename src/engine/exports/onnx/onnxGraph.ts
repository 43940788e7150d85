// An ONNX graph while it is being written: nodes, constants, inputs and outputs, encoded at the end.

// Messages and their field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3.

import { Bytes } from "../../intrinsics.ts";
import type { StoredTensor } from "../../saving/safetensors.ts";
import type { Shape } from "../../shape.ts";
import { bytes, float, integer, joined, type Message, text } from "./protobuf.ts";

/** The operators' version: 17 has layer normalization. Programs from 2022 on know it. */
const opset = 17;
/** The file format's version that belongs to it. */
const irVersion = 8;

const [floatType, int64Type] = [1, 7] as const;
const attributeTypes = { float: 1, integer: 2, text: 3, floats: 6, integers: 7 } as const;

/** A setting of a node: whole numbers, unless it is said to be a `float`. */
export type Attribute =
  | number
  | string
  | readonly number[]
  | readonly string[]
  | { readonly float: number | readonly number[] };

export class OnnxGraph {
  readonly #nodes: Message[] = [];
  readonly #constants: Message[] = [];
  readonly #known = new Map<StoredTensor["numbers"], string>();
  #count = 0;
  #place = "";

  /** What the next nodes are named after. */
  startLayer(name: string): void {
    this.#place = name.replaceAll("/", "_");
  }

  /** A node of one output; gives the output's name. */
  node(operator: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    return this.nodeOf(operator, inputs, attributes, 1)[0] ?? "";
  }

  /** A node of several outputs. */
  nodeOf(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>>,
    outputCount: number,
  ): readonly string[] {
    const name = this.#newName(operator);
    const outputs = Array.from({ length: outputCount }, (_, index) => (index === 0 ? name : `${name}:${index}`));
    this.#addNode(operator, { name, inputs, outputs }, attributes);
    return outputs;
  }

  /** Float32 numbers. Weights that are used twice stand in the file once. */
  constant({ shape, numbers }: StoredTensor, name = "constant"): string {
    const known = this.#known.get(numbers);
    if (known !== undefined) return known;
    const raw = new Bytes(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    const own = this.#addConstant(name, floatType, shape, raw);
    this.#known.set(numbers, own);
    return own;
  }

  /** A single number. */
  scalar(value: number): string {
    return this.constant({ shape: [], numbers: Float32Array.of(value) });
  }

  /** Whole numbers, for shapes and axes. */
  integers(values: readonly number[]): string {
    const raw = new Bytes(BigInt64Array.from(values, BigInt).buffer);
    return this.#addConstant("integers", int64Type, [values.length], raw);
  }

  /** The file, for these inputs and outputs; shapes are of one sample. */
  encode(
    name: string,
    inputs: readonly { readonly name: string; readonly shape: Shape }[],
    outputs: readonly { readonly name: string; readonly from: string; readonly shape: Shape }[],
  ): Uint8Array<ArrayBuffer> {
    for (const output of outputs)
      this.#addNode("Identity", { name: `output/${output.name}`, inputs: [output.from], outputs: [output.name] }, {});
    const graph = [
      ...this.#nodes.flatMap((node) => bytes(1, node)),
      ...text(2, name),
      ...this.#constants.flatMap((constant) => bytes(5, constant)),
      ...inputs.flatMap((input) => bytes(11, valueInfo(input.name, input.shape))),
      ...outputs.flatMap((output) => bytes(12, valueInfo(output.name, output.shape))),
    ];
    return joined([
      ...integer(1, irVersion),
      ...text(2, "nnbook"),
      ...bytes(7, graph),
      ...bytes(8, [...text(1, ""), ...integer(2, opset)]),
    ]);
  }

  #addNode(
    operator: string,
    {
      name,
      inputs,
      outputs,
    }: { readonly name: string; readonly inputs: readonly string[]; readonly outputs: readonly string[] },
    attributes: Readonly<Record<string, Attribute>>,
  ): void {
    this.#nodes.push([
      ...inputs.flatMap((input) => text(1, input)),
      ...outputs.flatMap((output) => text(2, output)),
      ...text(3, name),
      ...text(4, operator),
      ...Object.entries(attributes).flatMap(([key, value]) => bytes(5, attribute(key, value))),
    ]);
  }

  #addConstant(kind: string, type: number, shape: Shape, raw: Uint8Array): string {
    const name = this.#newName(kind);
    this.#constants.push([
      ...shape.flatMap((length) => integer(1, length)),
      ...integer(2, type),
      ...text(8, name),
      ...bytes(9, [raw]),
    ]);
    return name;
  }

  /** With a "/" in it, so that it is no name of an input or output. */
  #newName(kind: string): string {
    return `/${this.#place}/${kind}_${this.#count++}`;
  }
}

function attribute(name: string, value: Attribute): Message {
  const type = (kind: keyof typeof attributeTypes) => integer(20, attributeTypes[kind]);
  if (typeof value === "number") return [...text(1, name), ...integer(3, value), ...type("integer")];
  if (typeof value === "string") return [...text(1, name), ...text(4, value), ...type("text")];
  if (isList(value)) {
    const isTexts = value.some((each) => typeof each === "string");
    const parts = value.flatMap((each: number | string) =>
      typeof each === "string" ? text(9, each) : integer(8, each),
    );
    return [...text(1, name), ...parts, ...(isTexts ? integer(20, 8) : type("integers"))];
  }
  const { float: given } = value;
  return typeof given === "number"
    ? [...text(1, name), ...float(2, given), ...type("float")]
    : [...text(1, name), ...given.flatMap((each) => float(7, each)), ...type("floats")];
}

function isList(value: Attribute): value is readonly number[] | readonly string[] {
  return Array.isArray(value);
}

/** A tensor of any number of samples. */
function valueInfo(name: string, shape: Shape): Message {
  const batch = bytes(1, text(2, "batch"));
  const dimensions = [...batch, ...shape.flatMap((length) => bytes(1, integer(1, length)))];
  const tensor = [...integer(1, floatType), ...bytes(2, dimensions)];
  return [...text(1, name), ...bytes(2, bytes(1, tensor))];
}
