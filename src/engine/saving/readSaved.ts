// The JSON file of a model, checked: whatever stands in it, what comes out has the form that nnbook writes, or an error says what is wrong where.

import { describeValue, ValueError } from "../errors.ts";
import { type SavedModel, savedFormat, savedVersion } from "./savedModel.ts";

/** Refuses a value; `path` says where it stands: "model.layers[2].name". */
type Check = (value: unknown, path: string) => void;

/** The first thing that is wrong with a file. */
class Misshapen {
  readonly path: string;
  readonly expected: string;
  readonly got: unknown;

  constructor(path: string, expected: string, got: unknown) {
    this.path = path;
    this.expected = expected;
    this.got = got;
  }
}

/**
 * @param file What errors call it: "digits.json".
 * @throws ValueError for what is no JSON, no model, of a newer version, or not as nnbook writes it.
 */
export function readSavedModel(op: string, file: string, text: string): SavedModel {
  const json = parse(op, file, text);
  if (typeof json !== "object" || json === null || !("format" in json) || json.format !== savedFormat)
    throw new ValueError({
      op,
      expected: `${file} as model.save(…) writes it`,
      got: "JSON of another kind",
      hint: "A model of another library is built anew here; its weights go in by model.setWeights(…).",
    });
  const version: unknown = "version" in json ? json.version : undefined;
  if (version !== savedVersion)
    throw new ValueError({
      op,
      expected: `${file} of version ${savedVersion}`,
      got: `version ${describeValue(version)}`,
      ...(typeof version === "number" &&
        version > savedVersion && { hint: "It was saved by a newer nnbook: update nnbook." }),
    });
  try {
    checkSaved(json, "");
    // What was just checked: the graph's places are left.
    const saved = json as unknown as SavedModel;
    checkPlaces(saved);
    return saved;
  } catch (error) {
    if (!(error instanceof Misshapen)) throw error;
    throw new ValueError({
      op,
      expected: `${error.path.replace(/^\./, "")} in ${file} as ${error.expected}`,
      got: describeValue(error.got),
      hint: "Save the model again, or take a whole copy of the file.",
    });
  }
}

function parse(op: string, file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ValueError({
      op,
      expected: `${file} as JSON`,
      got: `a file that is none (${error instanceof Error ? error.message : String(error)})`,
      hint: "Was it copied to its end?",
    });
  }
}

const check =
  (expected: string, isRight: (value: unknown) => boolean): Check =>
  (value, path) => {
    if (!isRight(value)) throw new Misshapen(path, expected, value);
  };

const text = check("a text", (value) => typeof value === "string");
const number = check("a number", (value) => typeof value === "number" && Number.isFinite(value));
const count = check("a whole number, 0 or more", (value) => Number.isSafeInteger(value) && Number(value) >= 0);
const flag = check("true or false", (value) => typeof value === "boolean");
const anything: Check = () => undefined;
const either = (...words: readonly string[]) => check(words.join(" or "), (value) => words.includes(String(value)));

const orNull =
  (inner: Check): Check =>
  (value, path) => {
    if (value !== null) inner(value, path);
  };

const list =
  (inner: Check): Check =>
  (value, path) => {
    if (!Array.isArray(value)) throw new Misshapen(path, "a list", value);
    value.forEach((each, index) => {
      inner(each, `${path}[${index}]`);
    });
  };

const record =
  (inner: Check): Check =>
  (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new Misshapen(path, "an object", value);
    for (const [key, each] of Object.entries(value)) inner(each, `${path}.${key}`);
  };

const object =
  (members: Readonly<Record<string, Check>>): Check =>
  (value, path) => {
    record(anything)(value, path);
    for (const [key, inner] of Object.entries(members))
      inner((value as Readonly<Record<string, unknown>>)[key], `${path}.${key}`);
  };

const shape = list(count);
const end = object({ node: count, name: text });

const checkSaved = object({
  weights: object({ bytes: count, crc32: text, tensors: list(text) }),
  model: object({
    name: text,
    seed: orNull(number),
    layers: list(object({ made: anything, name: text, trainable: flag, builtFor: orNull(list(shape)) })),
    order: list(count),
    nodes: list(object({ layer: orNull(count), inputs: list(count) })),
    inputs: list(end),
    outputs: list(end),
    givenShapes: list(orNull(shape)),
    isChain: flag,
    arranged: either("one", "list", "byName"),
    compiled: orNull(
      object({
        losses: list(object({ made: anything, weight: number })),
        optimizer: anything,
        learningRate: orNull(number),
        metrics: list(list(anything)),
      }),
    ),
  }),
  training: orNull(
    object({
      steps: count,
      learningRate: number,
      watched: list(number),
      own: record(number),
      memory: list(record(text)),
      batches: count,
      passes: list(count),
    }),
  ),
});

/** Every place that something else is said to stand at must be one. */
function checkPlaces({ model }: SavedModel): void {
  const { layers, order, nodes, inputs, outputs, givenShapes } = model;
  const below = (limit: number, place: number, path: string) =>
    check(`a place below ${limit}`, () => place < limit)(place, path);
  order.forEach((place, index) => {
    below(layers.length, place, `model.order[${index}]`);
  });
  nodes.forEach(({ layer, inputs: from }, index) => {
    if (layer !== null) check("one of model.order", () => order.includes(layer))(layer, `model.nodes[${index}].layer`);
    // In order: so a graph has no cycles.
    from.forEach((place, at) => {
      below(index, place, `model.nodes[${index}].inputs[${at}]`);
    });
  });
  for (const [what, ends] of Object.entries({ inputs, outputs })) {
    check("at least one", () => ends.length > 0)(ends, `model.${what}`);
    ends.forEach(({ node }, index) => {
      below(nodes.length, node, `model.${what}[${index}].node`);
      const isInput = nodes[node]?.layer === null;
      check(`the place of ${what === "inputs" ? "an input" : "a layer"}`, () => isInput === (what === "inputs"))(
        node,
        `model.${what}[${index}].node`,
      );
    });
  }
  check("as many as there are inputs", () => givenShapes.length === inputs.length)(givenShapes, "model.givenShapes");
}
