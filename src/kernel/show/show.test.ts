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
