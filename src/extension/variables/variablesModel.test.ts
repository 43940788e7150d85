// What changes in the view when a kernel answers anew, and what comes too late.

import { expect, test } from "vitest";
import type { PeekAnswers, PeekQuestion, VariableInfo } from "../../shared/peekProtocol.ts";
import { type VariableNode, VariablesModel } from "./variablesModel.ts";

function info(step: string, value: string, hasParts = false): VariableInfo {
  const rest = { shape: null, note: null, tone: null, hasGrid: false, cellId: null };
  return { step, name: step, kind: "number", type: "number", value, hasParts, ...rest };
}

/** A kernel whose lists a test changes. */
function setUp() {
  const lists: Record<string, readonly VariableInfo[] | null> = {};
  const told: (readonly string[] | null)[] = [];
  const asked: string[] = [];
  let answers: "answered" | "noKernel" | "noAnswer" = "answered";
  let hold: Promise<void> | null = null;
  const model = new VariablesModel({
    ask: async (question: PeekQuestion) => {
      await hold;
      if (question.kind !== "listParts" || answers !== "answered") return { kind: answers as "noAnswer" };
      asked.push(question.paths.map((path) => path.join(".")).join(" "));
      const answer: PeekAnswers["listParts"] = question.paths.map((path) => {
        const parts = lists[path.join(".")] ?? null;
        return parts === null ? null : { parts };
      });
      return { kind: "answered", answer, tookMs: 3 } as never;
    },
    changed: (nodes) => told.push(nodes === null ? null : nodes.map(({ path }) => path.join("."))),
  });
  const values = (nodes: readonly VariableNode[]) => nodes.map((node) => `${node.info.name}=${node.info.value}`);
  return {
    ...{ model, lists, told, asked, values },
    answerWith: (kind: typeof answers) => {
      answers = kind;
    },
    holdBack: () => {
      let release: () => void = () => undefined;
      hold = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
  };
}

test("only the lines that changed are told, and they stay the same lines", async () => {
  const { model, lists, told, values } = setUp();
  lists[""] = [info("a", "1"), info("b", "1", true)];
  lists.b = [info("x", "1")];
  const before = await model.children([]);
  await model.children(["b"]);
  lists[""] = [info("a", "2"), info("b", "1", true)];
  await model.refresh();
  expect(told).toEqual([["a"]]);
  lists.b = [info("x", "2")];
  await model.refresh();
  expect(told.at(-1)).toEqual(["b.x"]);
  expect(await model.children([])).toEqual(before);
  expect(values(await model.children(["b"]))).toEqual(["x=2"]);
  await model.refresh();
  expect(told).toHaveLength(2);
});

test("a new variable is told as a new list, a new part by the line it is in", async () => {
  const { model, lists, told } = setUp();
  lists[""] = [info("a", "1", true)];
  lists.a = [info("x", "1")];
  await model.children([]);
  await model.children(["a"]);
  lists.a = [info("x", "1"), info("y", "1")];
  await model.refresh();
  expect(told).toEqual([["a"]]);
  lists[""] = [info("a", "1", true), info("b", "1")];
  await model.refresh();
  expect(told.at(-1)).toBe(null);
});

test("what was closed is not asked for, nor what is below it", async () => {
  const { model, lists, asked } = setUp();
  lists[""] = [info("a", "1", true)];
  lists.a = [info("x", "1", true)];
  lists["a.x"] = [info("y", "1")];
  for (const path of [[], ["a"], ["a", "x"]]) await model.children(path);
  await model.refresh();
  expect(asked.at(-1)).toBe(" a a.x");
  model.close(["a"]);
  await model.refresh();
  expect(asked.at(-1)).toBe("");
});

test("a list that was left for the next time stands as it was", async () => {
  const { model, lists, values } = setUp();
  lists[""] = [info("a", "1", true)];
  lists.a = [info("x", "1")];
  await model.children([]);
  await model.children(["a"]);
  lists.a = null;
  await model.refresh();
  expect(values(await model.children(["a"]))).toEqual(["x=1"]);
});

test("without an answer all stands; without a kernel there is nothing", async () => {
  const { model, lists, answerWith, values } = setUp();
  lists[""] = [info("a", "1")];
  await model.children([]);
  answerWith("noAnswer");
  expect(await model.refresh()).toEqual({ kind: "noAnswer", tookMs: 0 });
  expect(values(model.variables)).toEqual(["a=1"]);
  answerWith("noKernel");
  model.clear();
  expect([await model.children([]), await model.refresh()]).toEqual([[], { kind: "noKernel", tookMs: 0 }]);
});

test("an answer that was asked for before another notebook came is dropped", async () => {
  const { model, lists, told, holdBack } = setUp();
  lists[""] = [info("a", "1")];
  const release = holdBack();
  const [children, refreshed] = [model.children([]), model.refresh()];
  model.clear();
  release();
  expect([await children, (await refreshed).kind]).toEqual([[], "answered"]);
  expect(model.variables).toEqual([]);
  expect(told).toEqual([null]);
});
