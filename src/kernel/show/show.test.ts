// The namespace of pictures: what is in it, and what it says of a name that is not.

import { expect, test } from "vitest";
import { show } from "./show.ts";

test("a wrong name answers with the nearest right one", () => {
  const asked: Readonly<Record<string, unknown>> = show;
  expect(() => asked.gradient).toThrow('Unknown picture "gradient". Did you mean "gradients"?');
});

test("a printed or awaited namespace asks for nothing that is wrong", async () => {
  expect(await Promise.resolve(show)).toBe(show);
  expect(JSON.stringify(show)).toBe("{}");
});

test("activation functions are asked for by name; what is given in their place is told how", () => {
  expect(() => show.activation({} as never)).toThrow(
    'expected names of activation functions, as in ["sigmoid", "relu"]',
  );
  expect(() => show.activation([1] as never)).toThrow("expected names");
  expect(() => show.activation("relu", { runs: 1 } as never)).toThrow("runs");
  expect(() => show.activation("relu", { run: {} as never })).toThrow("expected a run, as fit returns");
});
