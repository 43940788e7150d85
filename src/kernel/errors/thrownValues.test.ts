// Values that a cell throws and that are no errors: the line that threw them is known all the same.

import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSession, type TestSession } from "../../../test/support/testSession.ts";

let kernel: TestSession;
beforeAll(async () => {
  kernel = await startTestSession();
}, 60_000);
afterAll(() => kernel.dispose());

async function errorOf(source: string) {
  const outcome = await kernel.run(source);
  return outcome.kind === "failed" ? outcome.error : expect.fail(`The cell ended as ${outcome.kind}.`);
}

test.each([
  ["const a = 1;\n  throw null", "null", [2, 3]],
  ["throw undefined", "undefined", [1, 1]],
  ['if (true) {\n  throw "too large";\n}', "'too large'", [2, 3]],
  ["const code: number = 3;\nthrow { code }", "{ code: 3 }", [2, 1]],
  ["throw 1, 2", "2", [1, 1]],
  ["await null; throw await Promise.resolve(`late`)", "'late'", [1, 13]],
])("%s", async (source, message, [line, column]) => {
  const error = await errorOf(source);
  expect(error).toMatchObject({ name: "Thrown value", message, place: { line, column } });
  expect(error.stack).toMatch(new RegExp(`^at (?:async )?Cell \\d+:${line}:${column}`));
});

test("the function of an earlier cell that threw is named, and what was caught and thrown on keeps its first place", async () => {
  await kernel.run("function refuse(): never {\n  throw 'no';\n}");
  const error = await errorOf("\nrefuse()");
  expect(error.stack.split("\n")).toEqual([
    expect.stringMatching(/^at refuse \(Cell \d+:2:3\)$/),
    expect.stringMatching(/^at Cell \d+:2:1$/),
  ]);
  expect(await errorOf("try {\n  throw { a: 1 };\n} catch (thrown) {\n  throw thrown;\n}")).toMatchObject({
    message: "{ a: 1 }",
    place: { line: 2 },
  });
});

test("errors are as they were, and what no cell threw has no place", async () => {
  expect(await errorOf("const make = () => new TypeError('bad');\nthrow make()")).toMatchObject({
    name: "TypeError",
    place: { line: 1, column: 20 },
  });
  await errorOf("throw 'from elsewhere'");
  expect(await errorOf('await Promise.reject("from elsewhere")')).toMatchObject({
    message: `'from elsewhere'\nOnly an Error tells where it was thrown: throw new Error("…").`,
    place: null,
  });
});

test("a timer that throws one is told of with its line", async () => {
  const told = kernel.until("failedInBackground");
  await kernel.run(
    "let count = 0;\nsetTimeout(() => {\n  throw 'late';\n}, 1); await new Promise((end) => setTimeout(end, 20))",
  );
  const { error } = await told;
  expect(error).toMatchObject({ message: "'late'", place: { line: 3, column: 3 } });
});
