// The bundle that converts notebooks, loaded by the first command that needs it: the extension starts without its libraries.

import { createRequire } from "node:module";
import { join } from "node:path";

export type Converter = typeof import("../../convert/convert.ts");

export function loadConverter(distFolder: string): Converter {
  return createRequire(join(distFolder, "extension.cjs"))("./convert.cjs");
}
