// Loads the worker's bundle so that it keeps the built-ins of now: a cell that declares its own `Map` or `Promise` changes the global object,
// but the bundle sees parameters of the function around it.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { compileFunction, constants } from "node:vm";

/** Names that are no identifiers of their own, or must stay what they are. */
const notBuiltIns = ["globalThis", "undefined", "NaN", "Infinity", "eval"];

/** Built-ins of Node that the kernel and the engine may use, beside those of the language. */
const nodeBuiltIns = [
  "AbortController",
  "Buffer",
  "TextDecoder",
  "TextEncoder",
  "URL",
  "clearInterval",
  "clearTimeout",
  "queueMicrotask",
  "setInterval",
  "setTimeout",
  "structuredClone",
] as const;

/** Evaluates a CommonJS bundle with everything it may name as parameters. */
export function loadWithOwnBuiltIns(file: string): void {
  const scope: Record<string, unknown> = {
    ...builtIns(),
    require: createRequire(file),
    module: { exports: {} },
    exports: {},
    __filename: file,
    __dirname: path.dirname(file),
  };
  const evaluate = compileFunction(readFileSync(file, "utf8"), Object.keys(scope), {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  evaluate(...Object.values(scope));
}

/** The language's own (classes and namespaces: all that is a capital name and plain data on the global object), and Node's. */
function builtIns(): Record<string, unknown> {
  const descriptors = Object.entries(Object.getOwnPropertyDescriptors(globalThis));
  const ofLanguage = descriptors.filter(([name, { value, enumerable }]) => {
    if (notBuiltIns.includes(name) || enumerable === true || value === undefined) return false;
    return /^[A-Z]\w*$/.test(name) || /^(is|parse)[A-Z]\w*$/.test(name);
  });
  const global = globalThis as unknown as Readonly<Record<string, unknown>>;
  return {
    ...Object.fromEntries(ofLanguage.map(([name, { value }]) => [name, value])),
    ...Object.fromEntries(nodeBuiltIns.map((name) => [name, global[name]])),
  };
}
