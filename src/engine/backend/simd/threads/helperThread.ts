// What a helper thread runs: the same routines over the same memory, taking parts of records until the team is dismissed.

import type { HelperWork } from "../../../host.ts";
import { type WasmModule, webAssembly } from "../module/webAssembly.ts";

interface HelperExports {
  setScratch(start: number): void;
  help(team: number, index: number): void;
}

/** Works until the team is dismissed: the thread does nothing else meanwhile. */
export function runHelper({ module, memory, scratch, team, index }: HelperWork): void {
  if (webAssembly === null) return;
  const abort = () => {
    throw new RangeError("A routine of the engine met something it cannot do.");
  };
  const { exports } = new webAssembly.Instance(module as WasmModule, { env: { memory, abort } });
  const helper = exports as HelperExports;
  helper.setScratch(scratch);
  helper.help(team, index);
}
