// Answers what is asked of the kernel from outside, at any moment: the supervisor evaluates `$nn.peek(…)` on top of whatever runs.
// So nothing here may run code of the user's, wait, or take long.

import { Tensor } from "../../engine/tensor.ts";
import type {
  PeekAnswers,
  PeekQuestion,
  VariableInfo,
  VariableOrder,
  VariablePath,
} from "../../shared/peekProtocol.ts";
import { type Locale, plainMessage } from "../../shared/words/message.ts";
import { variableWords } from "../../shared/words/variableWords.ts";
import type { DefinedName, DefinedNames } from "./definedNames.ts";
import { ownTextIn, readOwn } from "./ownValues.ts";
import { isMadeBy, isProxy, propertyOf, sourceOf } from "./plainReading.ts";
import { findPart, listedParts, type Part, type PartList, type Parts, type Reading } from "./reading.ts";
import { diagnoseRun, type FindRun, readStatistics } from "./runAnswers.ts";
import { type LiveReport, RunReports } from "./runReports.ts";
import { tensorCopy } from "./tensors.ts";
import { type ReadContext, readPlain } from "./values.ts";
import { copyLimits, valueText } from "./valueText.ts";

/** What one question may hold up a cell; lists that would come later are left for the next. */
const budgetMs = 40;
/** As many variables are listed one by one. */
const mostVariables = 400;

export interface VariablePeekOptions {
  readonly names: DefinedNames;
  readonly locale: () => Locale;
  readonly now: () => number;
  readonly findRun: FindRun;
  readonly liveReport: LiveReport;
}

export class VariablePeek {
  readonly #options: VariablePeekOptions;
  readonly #reports: RunReports;

  constructor(options: VariablePeekOptions) {
    this.#options = options;
    this.#reports = new RunReports(options.liveReport);
  }

  /** Bound as `$nn.peek`. Question and answer are JSON, so that nothing of the cells' goes in or out. */
  answer(question: string): string {
    const { now } = this.#options;
    const startedAt = now();
    const answer = this.#answer(JSON.parse(question) as PeekQuestion, startedAt + budgetMs);
    return JSON.stringify({ answer, tookMs: now() - startedAt });
  }

  #answer(question: PeekQuestion, deadline: number): PeekAnswers[PeekQuestion["kind"]] {
    const { findRun, locale, now } = this.#options;
    switch (question.kind) {
      case "listParts":
        return question.paths.map((path, index) => {
          if (index > 0 && now() > deadline) return null;
          const parts = this.#read(path, question.order)?.parts;
          return parts == null ? null : { parts: listedParts(parts).map(partInfo) };
        });
      case "writeValue":
        return this.#writeValue(question.path);
      case "drawGrid": {
        const reading = this.#read(question.path, "defined");
        return reading?.grid?.(this.#nameOf(question.path), question.window) ?? null;
      }
      case "readStatistics":
        return readStatistics(findRun(question.runId), question, locale());
      case "diagnoseRun":
        return diagnoseRun(findRun(question.runId), question.runId, locale());
    }
  }

  /** What stands at a path. */
  #read(path: VariablePath, order: VariableOrder): Reading | null {
    let reading: Reading | null = this.#variables(order);
    for (const step of path) {
      const parts: Parts | null = reading?.parts ?? null;
      reading = parts === null ? null : (findPart(parts, step)?.read() ?? null);
    }
    return reading;
  }

  /** "kernel", "x[3]": what a picture of it is called. */
  #nameOf(path: VariablePath): string {
    let name = "";
    let parts: Parts | null = this.#variables("defined").parts ?? null;
    for (const step of path) {
      const part = parts === null ? null : findPart(parts, step);
      if (part === null) break;
      const reading = part.read();
      if (reading.kind !== "range" && reading.kind !== "group")
        name = name === "" ? part.name : part.name.startsWith("[") ? name + part.name : `${name}.${part.name}`;
      parts = reading.parts ?? null;
    }
    return name;
  }

  #writeValue(path: VariablePath): string | null {
    let value: unknown;
    let isValue = false;
    const context = this.#context((seen) => {
      value = seen;
      isValue = true;
    });
    let reading: Reading | null = this.#variables("defined", context);
    for (const step of path) {
      // What is read last is what the path leads to; on the way there are groups, ranges and parts that are no values.
      isValue = false;
      const parts: Parts | null = reading?.parts ?? null;
      reading = parts === null ? null : (findPart(parts, step)?.read() ?? null);
    }
    if (reading === null || reading.copy !== undefined || !isValue) return reading?.copy?.() ?? reading?.value ?? null;
    // Without quotes, and a function whole.
    if (typeof value === "string") return value.slice(0, copyLimits.room);
    if (typeof value === "function" && !isProxy(value)) return sourceOf(value).slice(0, copyLimits.room);
    return valueText(value, copyLimits, (object, room) => this.#ownText(object, room));
  }

  #ownText(value: object, room: number): string | null {
    if (isMadeBy(value, Tensor)) return tensorCopy(value, room);
    return ownTextIn(value, room);
  }

  #context(seen: (value: unknown) => void = () => undefined): ReadContext {
    const locale = this.#options.locale();
    const context: ReadContext = {
      locale,
      word: (id, args = {}) => plainMessage(variableWords, { id, args }, locale),
      read: (value) => {
        const reading = readOwn(value, context) ?? readPlain(value, context);
        seen(value);
        return reading;
      },
      ownText: ownTextIn,
      reportOf: (run) => this.#reports.of(run),
    };
    return context;
  }

  /** All variables as one value: data first, then functions and imports in groups of their own. */
  #variables(order: VariableOrder, context = this.#context()): Reading {
    const names = [...this.#options.names.all()];
    if (order === "name") names.sort((one, other) => one.name.localeCompare(other.name));
    const imports = names.filter(({ isImport }) => isImport);
    const functions = names.filter((each) => !each.isImport && isFunction(each.name));
    const data = names.filter((each) => !imports.includes(each) && !functions.includes(each));
    const groups = [
      { step: ":functions", name: context.word("functions"), names: functions },
      { step: ":imports", name: context.word("imports"), names: imports },
    ].filter((group) => group.names.length > 0);
    const all = nameList(data, context);
    return {
      kind: "group",
      type: "",
      value: "",
      parts: {
        fixed:
          data.length <= mostVariables
            ? [...all.slice(0, data.length), ...groups.map(group(context))]
            : groups.map(group(context)),
        list: data.length <= mostVariables ? null : all,
      },
    };
  }
}

function group(context: ReadContext) {
  return ({ step, name, names }: { step: string; name: string; names: readonly DefinedName[] }): Part => ({
    step,
    name,
    read: () => ({
      kind: "group",
      type: "",
      value: String(names.length),
      parts: { fixed: [], list: nameList(names, context) },
    }),
  });
}

function isFunction(name: string): boolean {
  const property = propertyOf(globalThis, name);
  return property?.kind === "value" && typeof property.value === "function";
}

function nameList(names: readonly DefinedName[], { read, word }: ReadContext): PartList {
  const part = ({ name, cellId }: DefinedName): Part => ({
    step: name,
    name,
    cellId,
    read: () => {
      const property = propertyOf(globalThis, name);
      if (property === null) return { kind: "nothing", type: "undefined", value: "undefined" };
      return property.kind === "getter"
        ? { kind: "getter", type: "getter", value: word("getter") }
        : read(property.value);
    },
  });
  return {
    count: names.length,
    slice: (from, to) => names.slice(from, to).map(part),
    find: (step) => {
      const found = names.find(({ name }) => name === step);
      return found === undefined ? null : part(found);
    },
  };
}

function partInfo({ step, name, cellId = null, read }: Part): VariableInfo {
  const { kind, type, value, shape = null, note = null, tone = null, parts = null, grid = null } = read();
  return {
    ...{ step, name, kind, type, shape, value, note, tone, cellId },
    hasParts: parts !== null,
    hasGrid: grid !== null,
  };
}
