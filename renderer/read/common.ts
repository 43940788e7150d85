// Readers of what several views hold.

import type { ViewNumber } from "../../src/shared/json.ts";
import type { LayerInfo, Sentence } from "../../src/shared/views.ts";
import type { Argument, Message } from "../../src/shared/words/message.ts";
import {
  count,
  fields,
  finite,
  list,
  literal,
  nullable,
  optional,
  type Reader,
  record,
  text,
  viewNumber,
} from "./readJson.ts";

export const numbers = list(viewNumber);
export const counts = list(count);
const shape = list(nullable(count), 16);

const argument: Reader<Argument> = (value, path) => {
  if (typeof value === "string") return value;
  const { kind } = fields<{ kind: Exclude<Argument, string>["kind"] }>({
    kind: literal("number", "share", "times", "count", "list"),
  })(value, path);
  if (kind === "list") {
    const { values, more } = fields<{ values: readonly string[]; more?: number }>({
      values: list(text),
      more: optional(count),
    })(value, path);
    return { kind, values, ...(more === undefined ? {} : { more }) };
  }
  if (kind === "count") return { kind, ...fields<{ value: number }>({ value: finite })(value, path) };
  return { kind, ...fields<{ value: ViewNumber }>({ value: viewNumber })(value, path) };
};

export const message = fields<Message>({ id: text, args: record(argument) });
export const sentence = fields<Sentence>({
  tone: literal("good", "info", "warning", "error"),
  messages: list(message, 20),
});

export const layerInfoReaders = {
  name: text,
  type: text,
  activation: nullable(text),
  inputShape: shape,
  outputShape: shape,
  parameters: count,
} satisfies { [Key in keyof LayerInfo]: Reader<LayerInfo[Key]> };
