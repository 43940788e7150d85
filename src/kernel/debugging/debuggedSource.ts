// What a debugger reads in a script: which file it is, and the way from the compiled code back to what the user wrote.

import { Buffer } from "node:buffer";
import { pathToFileURL } from "node:url";

export interface DebuggedSource {
  /** Absolute path by which the debugger knows what the user wrote; for a cell there is no such file. */
  readonly file: string;
  /** What the user wrote, where no file holds it. */
  readonly text: string | null;
  /** Source map, version 3. */
  readonly map: string;
}

/** The comments to end a script with. A debugger may be attached at any time later, so every script has them. */
export function debugComments({ file, text, map }: DebuggedSource): string {
  const url = pathToFileURL(file).href;
  const ownMap = { ...JSON.parse(map), sources: [url], ...(text === null ? {} : { sourcesContent: [text] }) };
  const encoded = Buffer.from(JSON.stringify(ownMap)).toString("base64");
  return `\n//# sourceURL=${url}\n//# sourceMappingURL=data:application/json;base64,${encoded}`;
}
