// Other programs that want the processor while something is measured: as many as asked for, always or in bursts.

import { spawn } from "node:child_process";
import { PlainError } from "../scripts/run.mts";

const always = "for (;;);";
const bursts = `
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    for (const end = performance.now() + 50; performance.now() < end; );
    Atomics.wait(pause, 0, 0, 950);
  }
`;

/** Starts them; gives what ends them. `load` is their number, or "bursts" for one that works 50 ms of each second. */
export function startLoad(load: string): () => void {
  const count = load === "bursts" ? 1 : Number(load);
  if (!Number.isInteger(count) || count < 0)
    throw new PlainError(`There is no load "${load}": say 0, 1, 2 … or bursts.`);
  const code = load === "bursts" ? bursts : always;
  const programs = Array.from({ length: count }, () => spawn(process.execPath, ["-e", code], { stdio: "ignore" }));
  // This process ends although they never do: when something fails, too.
  for (const program of programs) program.unref();
  const end = () => {
    for (const program of programs) program.kill("SIGKILL");
  };
  process.once("exit", end);
  return () => {
    process.off("exit", end);
    end();
  };
}
