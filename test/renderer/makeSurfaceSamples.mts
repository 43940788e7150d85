// Lets optimizers walk down surfaces and writes the sample views of them: `node test/renderer/makeSurfaceSamples.mts`.

import { writeFile } from "node:fs/promises";
import { surfaceView } from "../../src/insights/index.ts";
import type { View } from "../../src/shared/views.ts";

async function save(name: string, view: View): Promise<void> {
  await writeFile(new URL(`samples/${name}.json`, import.meta.url), `${JSON.stringify(view)}\n`);
}

await save("surfaceBeale", surfaceView("beale", { steps: 200 }));
await save("surfaceHimmelblau", surfaceView("himmelblau", { optimizers: ["sgd", "momentum", "adam"], steps: 80 }));
await save(
  "surfaceSaddle",
  surfaceView("saddle", { optimizers: { "SGD with a rather long name": "sgd", momentum: "momentum" }, steps: 300 }),
);
