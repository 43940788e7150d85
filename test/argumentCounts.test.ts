// Methods refuse arguments that they do not take: each one of the classes whose methods users call, by what its declaration says.

import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { Dataset } from "../src/engine/datasets/dataset.ts";
import { SplitDataset } from "../src/engine/datasets/split.ts";
import { datasets, layers, Parameter, sequential, Tensor, tensor } from "../src/engine/index.ts";
import { Random } from "../src/engine/random.ts";
import { Model } from "../src/engine/training/model/model.ts";
import { Run } from "../src/engine/training/run.ts";

const engine = path.join(import.meta.dirname, "..", "src", "engine");

interface Declared {
  readonly name: string;
  /** Infinity for those that take as many as they are given. */
  readonly most: number;
}

/** The methods that a file's class declares; of overloads the longest. */
function declaredIn(file: string, className: string): Declared[] {
  const text = readFileSync(path.join(engine, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const methods = source.statements
    .filter((each): each is ts.ClassDeclaration => ts.isClassDeclaration(each) && each.name?.text === className)
    .flatMap(({ members }) => members.filter((each): each is ts.MethodDeclaration => ts.isMethodDeclaration(each)));
  const longest = new Map<string, number>();
  for (const method of methods)
    if (ts.isIdentifier(method.name))
      longest.set(method.name.text, Math.max(mostOf(method), longest.get(method.name.text) ?? 0));
  return [...longest].map(([name, most]) => ({ name, most }));
}

function mostOf({ parameters }: ts.MethodDeclaration): number {
  return parameters.some(({ dotDotDotToken }) => dotDotDotToken !== undefined)
    ? Number.POSITIVE_INFINITY
    : parameters.length;
}

const classes: readonly (readonly [file: string, name: string, prototype: object])[] = [
  ["training/model/model.ts", "Model", Model.prototype],
  ["training/model/layeredModel.ts", "LayeredModel", Model.prototype],
  ["training/model/portableModel.ts", "PortableModel", Model.prototype],
  ["tensor.ts", "Tensor", Tensor.prototype],
  ["tensor.ts", "Parameter", Parameter.prototype],
  ...["Arithmetic", "Maths", "Reduction", "Arrangement", "Ordering"].map(
    (name) => [`tensorMethods/${fileOf(name)}.ts`, `${name}Methods`, Tensor.prototype] as const,
  ),
  ["tensorMethods/tensorCore.ts", "TensorCore", Tensor.prototype],
  ["datasets/dataset.ts", "Dataset", Dataset.prototype],
  ["datasets/split.ts", "SplitDataset", SplitDataset.prototype],
  ["training/run.ts", "Run", Run.prototype],
  ["random.ts", "Random", Random.prototype],
];

function fileOf(name: string): string {
  return { Reduction: "reductions" }[name] ?? name.toLowerCase();
}

describe.each(classes)("%s: %s", (file, className, prototype) => {
  it("refuses more arguments than are declared, and no fewer", () => {
    const declared = declaredIn(file, className);
    expect(declared.length).toBeGreaterThan(0);
    const wrong = declared.filter(
      ({ name, most }) =>
        Number.isFinite(most) && !(isRefused(prototype, name, most + 1) && !isRefused(prototype, name, most)),
    );
    expect(wrong).toEqual([]);
  });
});

/** Whether so many arguments are too many: told before anything is looked at. */
function isRefused(prototype: object, name: string, count: number): boolean {
  const method: unknown = Reflect.get(prototype, name, prototype);
  try {
    const given: unknown = Reflect.apply(method as () => unknown, null, new Array(count).fill(undefined));
    // Of what is asynchronous, errors come later.
    if (given instanceof Promise) given.catch(() => undefined);
    return false;
  } catch (error) {
    return /expected (no arguments|at most \d+ arguments?), got/.test((error as Error).message);
  }
}

it("says what was too much", () => {
  const model = sequential([layers.dense(1, { inputShape: 2 })]);
  const call =
    (object: object, name: string, ...given: unknown[]) =>
    () =>
      Reflect.apply(Reflect.get(object, name), object, given);
  expect(call(model, "summary", { lineLength: 80 })).toThrow("summary: expected no arguments, got an object.");
  expect(call(model, "clone", { name: "b" })).toThrow("clone: expected no arguments, got an object.");
  expect(call(tensor([1]), "relu", 0.1)).toThrow("relu: expected no arguments, got 0.1.");
  expect(call(tensor([1]), "add", 1, 2)).toThrow("add: expected at most 1 argument, got 2, the next being 2.");
  expect(call(datasets.xor(), "standardize", true)).toThrow("standardize: expected no arguments, got true.");
  expect(tensor([1, 2]).at(0).item()).toBe(1);
});
