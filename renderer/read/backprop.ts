// Reads a backpropagation view.

import type { ViewNumber } from "../../src/shared/json.ts";
import type {
  BackpropColumn,
  BackpropLine,
  BackpropStep,
  BackpropUpdate,
  BackpropView,
  BackpropWeight,
  FiniteDifference,
  FormulaPart,
  FormulaSign,
} from "../../src/shared/views.ts";
import { message, numbers, sentence } from "./common.ts";
import {
  count,
  fields,
  flag,
  list,
  literal,
  Mismatch,
  nullable,
  optional,
  type Reader,
  text,
  viewNumber,
} from "./readJson.ts";

/** More parts than any formula of a net that is small enough has. */
const longestFormula = 200;

/** What views of earlier versions do not have. */
const later: Reader<readonly ViewNumber[]> = (value, path) => (value === undefined ? [] : numbers(value, path));

/** As many as a number can be written with. */
const digits: Reader<number | undefined> = (value, path) => {
  const read = optional(count)(value, path);
  if (read !== undefined && (read < 1 || read > 21)) throw new Mismatch(path, "from 1 to 21", value);
  return read;
};

export const formulaPart: Reader<FormulaPart> = (value, path) => {
  const { raised } = fields<{ raised: boolean | undefined }>({ raised: optional(flag) })(value, path);
  const sign = formulaSign(value, path);
  return raised === true ? { ...sign, raised } : sign;
};

const formulaSign: Reader<FormulaSign> = (value, path) => {
  const { kind } = fields<{ kind: FormulaPart["kind"] }>({ kind: literal("symbol", "number", "text") })(value, path);
  if (kind === "number") {
    const read = fields<{ value: FormulaNumber; digits: number | undefined }>({ value: viewNumber, digits })(
      value,
      path,
    );
    return { kind, value: read.value, ...(read.digits === undefined ? {} : { digits: read.digits }) };
  }
  if (kind === "text") return { kind, ...fields<{ text: string }>({ text })(value, path) };
  const letters = fields<{ base: string; sub: string; sup: string; partial: boolean }>({
    base: text,
    sub: text,
    sup: text,
    partial: flag,
  });
  return { kind, ...letters(value, path) };
};
type FormulaNumber = Extract<FormulaPart, { kind: "number" }>["value"];

export const formula = list(formulaPart, longestFormula);
export const backpropCheck = fields<FiniteDifference>({ value: viewNumber, agrees: flag });
const lineFields = fields<BackpropLine>({
  symbols: formula,
  numbers: formula,
  result: viewNumber,
  digits,
  check: nullable(backpropCheck),
});
export const backpropLine: Reader<BackpropLine> = (value, path) => {
  const { digits: shown, ...rest } = lineFields(value, path);
  return shown === undefined ? rest : { ...rest, digits: shown };
};
const lines = list(backpropLine, 100);
/** Of an update; also in the view of a race. */
export const updateReaders = {
  after: viewNumber,
  lines,
  memory: list(fields<BackpropUpdate["memory"][number]>({ name: text, before: viewNumber, after: viewNumber }), 20),
};
const ids = list(text, 200);

export const backpropStep = fields<BackpropStep>({
  phase: literal("forward", "loss", "backward", "update"),
  title: message,
  lines,
  sets: ids,
  uses: ids,
});

const backpropFields = fields<BackpropView>({
  kind: literal("backprop"),
  version: literal(1),
  sentence,
  columns: list(
    fields<BackpropColumn>({
      name: text,
      activation: nullable(text),
      values: numbers,
      sums: numbers,
      valueGradients: numbers,
      sumGradients: numbers,
    }),
    50,
  ),
  loss: fields<BackpropView["loss"]>({ name: text, value: viewNumber }),
  steps: list(backpropStep, 500),
  weights: list(
    fields<BackpropWeight>({
      id: text,
      symbol: formulaPart,
      value: viewNumber,
      gradient: viewNumber,
      factors: list(fields<BackpropWeight["factors"][number]>({ symbols: formula, value: viewNumber }), 50),
      check: backpropCheck,
      batchGradient: viewNumber,
      exampleGradients: later,
      update: nullable(fields<BackpropUpdate>(updateReaders)),
    }),
    200,
  ),
  batch: fields<BackpropView["batch"]>({ size: count, example: count }),
  optimizer: nullable(fields<NonNullable<BackpropView["optimizer"]>>({ name: text, step: count })),
});

export const backprop: Reader<BackpropView> = (value, path) => {
  const view = backpropFields(value, path);
  if (view.steps.length === 0) throw new Mismatch("steps", "a list of at least one", view.steps);
  view.columns.forEach(({ values }, at) => {
    if (values.length > 64) throw new Mismatch(`columns[${at}].values`, "a list of at most 64", values);
  });
  return view;
};
