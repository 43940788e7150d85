// `diagnose` as a cell meets it: data with words and places, a picture when it is shown, text when it is printed.

import { inspect } from "node:util";
import { expect, test } from "vitest";
import { layers, sequential } from "../../engine/index.ts";
import { diagnose } from "./diagnose.ts";
import { outputOf } from "./display.ts";

test("findings are data, a picture where they are shown, and text where they are printed", async () => {
  const model = sequential([layers.dense(2), layers.dense(1)]);
  model.compile({ loss: "binaryCrossentropy" });
  const run = await model.fit([[0], [1]], [[0], [1]], { name: "raw" });
  const diagnosis = diagnose(run);
  expect(diagnosis.isHealthy).toBe(false);
  expect(diagnosis.findings[0]).toMatchObject({
    kind: "lossMismatch",
    run: "raw",
    title: "Loss and output layer do not go together.",
    layer: "dense_2",
    remedies: [{ kind: "changeActivation", title: "Use sigmoid", edits: [{ option: "activation", places: [] }] }],
  });
  expect(outputOf(diagnosis, "en")?.items).toMatchObject({
    "application/vnd.nnbook.diagnosis.v1+json": { version: 1 },
  });
  expect(inspect(diagnosis)).toMatch(/^Loss and output layer do not go together\./);
  expect(() => diagnose(model as never)).toThrow("diagnose: expected a run, as fit returns");
});
