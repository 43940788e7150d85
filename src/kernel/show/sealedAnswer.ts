// `seal` and `sealed`: the answer of an exercise as a text that `check` can read and a reader cannot guess at. It hides, it does not protect.

import { inspect } from "node:util";
import { describeValue, ValueError } from "../../engine/errors.ts";
import { Tensor } from "../../engine/tensor.ts";
import type { ExpectedAnswer } from "../../insights/index.ts";
import { type Displayable, displaySymbol } from "./display.ts";

/** An answer that `check` knows and the code does not show. Shown or printed, it is the call that makes it. */
export class SealedAnswer implements Displayable {
  readonly #answer: ExpectedAnswer;
  readonly [displaySymbol]: Extract<Displayable[typeof displaySymbol], { readonly kind: "text" }>;

  /** @param answer what it hides. */
  constructor(answer: ExpectedAnswer) {
    this.#answer = answer;
    const call = `sealed(${JSON.stringify(write(answer))})`;
    this[displaySymbol] = { kind: "text", text: () => call };
    // Not among what is listed: a printed answer is its call.
    Object.defineProperty(this, inspect.custom, { value: () => call });
  }

  /** What `expected` stands for, sealed or not. */
  static open(expected: ExpectedAnswer | SealedAnswer): ExpectedAnswer {
    return expected instanceof SealedAnswer ? expected.#answer : expected;
  }
}

/**
 * Hides the answer of an exercise, so that a `check` does not give it away: shows the call `sealed("…")` to put into the exercise.
 * Run it in a cell of your own, copy what it shows, and delete the cell. It hides the answer from a glance; it is no secret to a program.
 *
 * @param answer anything that `check` takes: a number, text, yes or no, a list, a tensor, an object of these.
 * @throws ValueError for what `check` could not compare: `undefined`, a function, a number that is not finite.
 * @example
 * seal(1 / 64) // shows a call such as sealed("…"): put it third into check("what is left", answer, sealed("…"))
 */
export function seal(answer: ExpectedAnswer): SealedAnswer {
  return new SealedAnswer(answer);
}

/**
 * An answer that `seal` has hidden, to be compared with by `check`.
 *
 * @param text as `seal` showed it.
 * @throws ValueError for a text that `seal` did not write, or that was changed since.
 */
export function sealed(text: string): SealedAnswer {
  const answer = typeof text === "string" ? read(text) : undefined;
  if (answer !== undefined) return new SealedAnswer(answer);
  throw new ValueError({
    op: "sealed",
    expected: "a text that seal(…) showed, unchanged",
    got: describeValue(text),
    hint: "Copy it whole, or seal the answer anew: run seal(answer) in a cell of its own.",
  });
}

/** The sum of the bytes in front of them, then the bytes, each mixed with a number that follows from the sum. */
function write(answer: ExpectedAnswer): string {
  const bytes = Buffer.from(JSON.stringify(plain(answer)), "utf8");
  const sum = checksum(bytes);
  return Buffer.concat([Buffer.from([sum >> 8, sum & 255]), mix(bytes, sum)]).toString("base64url");
}

function read(text: string): ExpectedAnswer | undefined {
  const bytes = Buffer.from(text, "base64url");
  const [high = 0, low = 0] = bytes;
  const sum = (high << 8) | low;
  const content = mix(bytes.subarray(2), sum);
  if (content.length === 0 || checksum(content) !== sum || bytes.toString("base64url") !== text) return undefined;
  return JSON.parse(content.toString("utf8")) as ExpectedAnswer;
}

function checksum(bytes: Buffer): number {
  return bytes.reduce((sum, byte) => (sum * 31 + byte + 7) & 0xffff, 0x5ea1);
}

function mix(bytes: Buffer, sum: number): Buffer {
  let state = sum + 1;
  return Buffer.from(
    bytes.map((byte) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return byte ^ (state >>> 16);
    }),
  );
}

/** As JSON can hold it. Numbers of tensors keep the nine digits that tell each of them from its neighbours. `around`: what it lies in. */
function plain(answer: unknown, around: readonly unknown[] = []): unknown {
  if (answer instanceof Tensor) return roundedTo32Bits(answer.toArray());
  if (answer instanceof Float32Array) return roundedTo32Bits([...answer]);
  if (ArrayBuffer.isView(answer)) return [...(answer as Float64Array)].map((each) => plain(each));
  if (typeof answer === "string" || typeof answer === "boolean" || Number.isFinite(answer)) return answer;
  if (around.includes(answer)) throw refusal(`${describeValue(answer)} that holds itself`);
  const inside = [...around, answer];
  if (Array.isArray(answer)) return answer.map((each) => plain(each, inside));
  if (typeof answer === "object" && answer !== null && Object.getPrototypeOf(answer) === Object.prototype)
    return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, plain(value, inside)]));
  throw refusal(describeValue(answer));
}

function refusal(got: string): ValueError {
  return new ValueError({
    op: "seal",
    expected: "numbers that are finite, texts, yes or no, or lists and objects of these",
    got,
    hint: 'seal(0.25), seal([1, 0]), seal("relu")',
  });
}

function roundedTo32Bits(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(roundedTo32Bits);
  return plain(typeof value === "number" ? Number(value.toPrecision(9)) : value);
}
