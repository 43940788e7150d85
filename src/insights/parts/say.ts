// Builds sentences as data: which words, and the numbers in them.

import { toViewNumber } from "../../shared/json.ts";
import type { Tone } from "../../shared/views.ts";
import type { InsightWordId } from "../../shared/words/insightWords.ts";
import type { Argument, Message } from "../../shared/words/message.ts";
import { significant } from "./statistics.ts";

/** One sentence. */
export function say(id: InsightWordId, args: Readonly<Record<string, Argument>> = {}): Message<InsightWordId> {
  return { id, args };
}

/** A number as it stands in a sentence. */
export function number(value: number | null): Argument {
  return { kind: "number", value: toViewNumber(value) };
}

/** A ratio: "4.1×". */
export function times(value: number): Argument {
  return { kind: "times", value: toViewNumber(value, 3) };
}

/** A share (0–1): "42 %". */
export function share(value: number): Argument {
  return { kind: "share", value: toViewNumber(value, 3) };
}

/** A count of things. */
export function count(value: number): Argument {
  return { kind: "count", value };
}

/** Names in a sentence, "a, b and c"; beyond `most` it says how many others there are. */
export function list(names: readonly string[], most = names.length): Argument {
  // To leave out a single one for "1 other" would save no room.
  const shown = names.length <= most + 1 ? names : names.slice(0, most);
  const more = names.length - shown.length;
  return { kind: "list", values: shown, ...(more === 0 ? {} : { more }) };
}

/** A large factor in round figures: "410,000", from ten million on "4.10×10⁷". */
export function roughly(value: number): Argument {
  const rounded = significant(value, 2);
  return rounded < 1e7 ? count(Math.round(rounded)) : number(rounded);
}

const weights: readonly Tone[] = ["good", "info", "warning", "error"];

/** The gravest of several tones. */
export function gravest(tones: readonly Tone[]): Tone {
  return tones.reduce((worst, tone) => (weights.indexOf(tone) > weights.indexOf(worst) ? tone : worst), "good");
}
