// The outline of cells: what they declare, and what they use of each other.

import { expect, test } from "vitest";
import { outlineCells } from "./cellOutline.ts";

test("a cell tells what it declares and what it uses of others", () => {
  const cells = [
    { id: "a", text: 'import { layers, sequential } from "nnbook";\nconst units = 8;' },
    {
      id: "b",
      text: "const model = sequential([layers.dense(units)]);\nfunction build(units: number) { return units; }",
    },
    { id: "c", text: "await model.fit(data);\nconsole.log(unknown)" },
    { id: "d", text: "const broken = ;" },
  ];
  expect(outlineCells(cells)).toEqual([
    { id: "a", declares: ["layers", "sequential", "units"], uses: [] },
    { id: "b", declares: ["model", "build"], uses: ["sequential", "layers", "units"] },
    { id: "c", declares: [], uses: ["model"] },
    { id: "d", declares: ["broken"], uses: [] },
  ]);
});
