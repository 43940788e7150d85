// The bundle that converts notebooks, loaded when first needed: running notebooks does without its libraries.

import { createRequire } from "node:module";
import path from "node:path";

type Converter = typeof import("../convert/convert.ts");

export function loadConverter(distFolder: string): Converter {
  return createRequire(path.join(distFolder, "cli.cjs"))("./convert.cjs");
}
