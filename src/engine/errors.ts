// The errors of the engine: what was expected, what was got, what to do. Fields for code, a sentence for people.

import { closestName, findName } from "./names.ts";
import { isRecord } from "./plainObjects.ts";

/** A shape that does not fit the operation or layer it was given to. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
  /** The operation or layer that refused: "matmul", "dense_2". */
  readonly op: string;
  /** What would have been right. */
  readonly expected: string;
  /** What was given instead. */
  readonly got: string;
  /** What to do; `null` where the rest says it. */
  readonly hint: string | null;

  constructor(problem: {
    op: string;
    what?: string;
    expected: string;
    got: readonly number[] | string;
    hint?: string;
  }) {
    const got = typeof problem.got === "string" ? problem.got : `[${problem.got.map(String).join(", ")}]`;
    super(sentence(problem.op, `expected ${problem.what ?? "input"} ${problem.expected}, got ${got}`, problem.hint));
    this.op = problem.op;
    this.expected = problem.expected;
    this.got = got;
    this.hint = problem.hint ?? null;
  }
}

/** A value, option or state an operation cannot work with. */
export class ValueError extends Error {
  override readonly name: string = "ValueError";
  /** The call that refused: "dense", "model.fit". */
  readonly op: string;
  /** What would have been right. */
  readonly expected: string;
  /** What was given instead. */
  readonly got: string;
  /** What to do; `null` where the rest says it. */
  readonly hint: string | null;

  constructor(problem: { op: string; expected: string; got: string; hint?: string }) {
    super(sentence(problem.op, `expected ${problem.expected}, got ${problem.got}`, problem.hint));
    this.op = problem.op;
    this.expected = problem.expected;
    this.got = problem.got;
    this.hint = problem.hint ?? null;
  }
}

/** Targets or predictions outside the domain of a loss or metric, with the row that shows it. */
export class DomainError extends ValueError {
  override readonly name = "DomainError";
  /** The first row (counted from 0) that does not fit, `null` when it is not about one row. */
  readonly row: number | null;

  constructor(problem: { op: string; expected: string; got: string; row?: number; hint?: string }) {
    super(problem.row === undefined ? problem : { ...problem, got: `${problem.got} at row ${problem.row}` });
    this.row = problem.row ?? null;
  }
}

/** A name that is not known, with the nearest right one. */
export class UnknownNameError extends Error {
  override readonly name = "UnknownNameError";
  /** What kind of name it should be: "activation", "option of layers.dense". */
  readonly what: string;
  /** What was written. */
  readonly unknown: string;
  /** The nearest right name; `null` when none is near. */
  readonly suggestion: string | null;
  /** All right names. */
  readonly known: readonly string[];

  constructor(problem: {
    what: string;
    unknown: string;
    known: readonly string[];
    aliases?: Readonly<Record<string, string>>;
    /** What to do where no name is the right one. */
    hint?: string;
  }) {
    const { hint } = problem;
    const suggestion = hint === undefined ? closestName(problem.unknown, problem.known, problem.aliases) : null;
    const offer = suggestion === null ? (hint === undefined ? "" : ` ${hint}`) : ` Did you mean "${suggestion}"?`;
    const unknown = describeValue(problem.unknown);
    super(`Unknown ${problem.what} ${unknown}.${offer} Known: ${problem.known.join(", ")}.`);
    this.what = problem.what;
    this.unknown = typeof problem.unknown === "string" ? problem.unknown : unknown;
    this.suggestion = suggestion;
    this.known = problem.known;
  }
}

/** What other libraries call options of ours, to offer the right one. */
export const optionAliases: Readonly<Record<string, string>> = {
  lr: "learningRate",
  eta: "learningRate",
  stepSize: "learningRate",
  l2: "weightDecay",
  inputDim: "inputShape",
  inputSize: "inputShape",
  bias: "useBias",
  initializer: "kernelInitializer",
  keepDims: "keepAxes",
  keepdim: "keepAxes",
  ddof: "correction",
  std: "standardDeviation",
  stddev: "standardDeviation",
  minDelta: "minChange",
  restoreBestWeights: "restoreBest",
  numClasses: "classes",
  valData: "validationData",
  valSplit: "validationSplit",
  onBatchBegin: "onStepBegin",
  onBatchEnd: "onStepEnd",
  onTrainBatchBegin: "onStepBegin",
  onTrainBatchEnd: "onStepEnd",
};

/** What other libraries have as an option and we do not, with what to do instead. */
const absentOptions: Readonly<Record<string, string>> = {
  maskZero:
    "There are no masks: an id for padding is learned like any other. Pad in front, so that the last steps read are those that count.",
  stateful: "Every run starts at zero; layer.run(x, { initialState }) goes on from the states that another run gave.",
  returnState: "layer.run(x) gives all states; in a graph, apply([x, hidden]) starts at another layer's output.",
};

/**
 * Refuses options that are not known, so that a misspelt one is never silently ignored; and what is not an object at all.
 *
 * @param given What the call was given beside the options, by name: `dense(3, { units: 4 })` says two things.
 * @throws UnknownNameError or ValueError
 */
export function checkOptions(
  call: string,
  options: object,
  known: readonly string[],
  given: Readonly<Record<string, unknown>> = {},
): void {
  // A class of one's own may hold options; a promise, a map or a date holds none.
  const isNone = !isRecord(options) && (Object(options) !== options || Object.keys(options).length === 0);
  if (isNone || typeof options !== "object" || Array.isArray(options))
    throw new ValueError({
      op: call,
      expected: `options as an object, such as { ${known.includes("learningRate") ? "learningRate" : known[0]}: … }`,
      got: describeValue(options),
    });
  for (const [key, value] of Object.entries(options)) {
    if (key in given && value !== undefined && !Object.is(given[key], value))
      throw new ValueError({
        op: call,
        expected: `${key} once`,
        got: `${describeValue(given[key])} and, among the options, ${describeValue(value)}`,
      });
    if (known.includes(key)) checkKind(call, key, value);
    else {
      const aliases = Object.fromEntries(Object.entries(optionAliases).filter(([, meant]) => known.includes(meant)));
      const absent = findName(key, Object.keys(absentOptions));
      const hint = absent === null ? undefined : absentOptions[absent];
      throw new UnknownNameError({
        what: `option of ${call}`,
        ...{ unknown: key, known, aliases },
        ...(hint !== undefined && { hint }),
      });
    }
  }
}

/** An error as a call throws it: what came in the name of a kind of things that several calls make comes in that of the call. */
export function inTheNameOf(call: string, kind: string, error: unknown): unknown {
  if (!(error instanceof ValueError) || error.op !== kind) return error;
  const { expected, got, hint } = error;
  return new ValueError({ op: call, expected, got, ...(hint !== null && { hint }) });
}

/** What is said of errors that are not ours: their messages stay as the user's code wrote them. */
const sentencesOf = new WeakMap<object, readonly string[]>();

/** Where in the engine's terms an error of the user's own code came up ("This is in forward of residual."); sentences, innermost first. */
export function whereabouts(error: object): readonly string[] {
  return sentencesOf.get(error) ?? [];
}

/** What `work` gives. An error that it throws also says where that was, in a sentence of its own. */
export function saying<Result>(where: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    addSentence(error, where);
    throw error;
  }
}

/** The same for a layer of a model: its name, and its place in `model.layers`. */
export function atPlace<Result>(layer: string, index: number, work: () => Result): Result {
  return saying(placeSentence(layer, index), work);
}

/** Says of an error that a layer threw later than it was called, from a plan, at which place of the model that stands. */
export function addPlace(error: unknown, layerNames: readonly string[]): void {
  if (!(error instanceof ShapeError || error instanceof ValueError)) return;
  const index = layerNames.indexOf(error.op);
  if (index !== -1) addSentence(error, placeSentence(error.op, index));
}

function placeSentence(layer: string, index: number): string {
  return `${layer} is layers[${index}] of the model.`;
}

function addSentence(error: unknown, where: string): void {
  if (!(error instanceof ShapeError || error instanceof ValueError || error instanceof UnknownNameError)) {
    if (error instanceof Error) sentencesOf.set(error, [...new Set([...whereabouts(error), where])]);
    return;
  }
  const before = error.message;
  if (before.endsWith(where)) return;
  // It is written when it is first asked for: with the message as it is then.
  const { stack } = error;
  error.message = `${before} ${where}`;
  if (stack !== undefined) error.stack = stack.replace(before, () => error.message);
}

/** Options that are true or false wherever they stand. */
const flags: readonly string[] = [
  "amsgrad",
  "applyClassBalancing",
  "approximate",
  "causal",
  "center",
  "centered",
  "createGraph",
  "cycle",
  "decoupledWeightDecay",
  "fromLogits",
  "goBackwards",
  "keepAxes",
  "logInput",
  "nesterov",
  "normalize",
  "requiresGrad",
  "resetAfter",
  "restoreBest",
  "returnSequences",
  "shuffle",
  "staircase",
  "threePhase",
  "trainable",
  "unitForgetBias",
  "useBias",
];

/** Options that are a text wherever they stand. */
const texts: readonly string[] = ["name", "monitor"];

/** An option of which the name says what it is: the text "false" would count as true. @throws ValueError */
function checkKind(call: string, key: string, value: unknown): void {
  if (value === undefined) return;
  const isWrongFlag = flags.includes(key) && typeof value !== "boolean";
  // What a callback does when something happens: onEpochEnd and the like.
  const isWrongFunction = /^on[A-Z]/.test(key) && typeof value !== "function";
  const isWrongText = texts.includes(key) && (typeof value !== "string" || value === "");
  if (isWrongFlag || isWrongText || isWrongFunction)
    throw new ValueError({
      op: call,
      expected: `${key} as ${isWrongFlag ? "true or false" : isWrongText ? "a text" : "a function"}`,
      got: describeValue(value),
    });
}

/** A function that takes nothing, refusing what it is given: an option that another one has would silently do nothing. */
export function withoutOptions<Made>(call: string, make: () => Made): () => Made {
  takingNothing.add(call);
  return (...given: unknown[]) => {
    if (given[0] === undefined) return make();
    throw new ValueError({ op: call, expected: "no options", got: describeValue(given[0]) });
  };
}

const takingNothing = new Set<string>();

/** Whether `withoutOptions` made the function of a name: "losses.mse". */
export function takesNothing(call: string): boolean {
  return takingNothing.has(call);
}

/** A flag: the text "false" would count as true. @throws ValueError */
export function checkedFlag(op: string, name: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new ValueError({ op, expected: `${name} as true or false`, got: describeValue(value) });
}

/** A number that is one: neither NaN nor infinite, and not its text. @throws ValueError */
export function checkedNumber(op: string, name: string, value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new ValueError({ op, expected: `${name} as a finite number`, got: describeValue(value) });
}

/** A count: a whole number, `least` or more. @throws ValueError */
export function checkedCount(op: string, name: string, value: unknown, least = 0): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return value;
  throw new ValueError({ op, expected: `${name} as a whole number, ${least} or more`, got: describeValue(value) });
}

/** How a value that should have been something else is named in an error. */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value === null || typeof value === "number" || typeof value === "boolean" || value === undefined)
    return String(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "function") return "a function";
  const kind = value.constructor?.name ?? "Object";
  return kind === "Object" ? "an object" : `${/^[AEIOU]/.test(kind) ? "an" : "a"} ${kind}`;
}

/** "1 row", "3 rows". */
export function counted(count: number | undefined, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function sentence(op: string, problem: string, hint: string | undefined): string {
  return `${op}: ${problem}.${hint === undefined ? "" : ` ${hint}`}`;
}
