// The compiled routines, as text: they must not allocate, since arrays of the engine stand where an allocation would go, nor keep buffers that threads would share.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { rootFolder } from "../scripts/paths.mts";
import { runTool } from "../scripts/run.mts";

const sourceFolder = path.join(rootFolder, "src", "engine", "backend", "assembly");

test("the routines allocate nothing and write into no memory of the module's own", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "nnbook-routines-"));
  try {
    const textFile = path.join(folder, "routines.wat");
    const { exitCode, text } = await runTool("assemblyscript/bin/asc.js", [
      path.join(sourceFolder, "index.ts"),
      ...["--textFile", textFile, "--runtime", "stub", "-O1", "--noAssert"],
      ...["--enable", "simd", "--enable", "threads", "--enable", "relaxed-simd"],
      ...["--importMemory", "--sharedMemory", "--initialMemory", "64", "--maximumMemory", "32768"],
    ]);
    expect(exitCode, text).toBe(0);
    const compiled = await readFile(textFile, "utf8");
    // Names are kept, so an allocation would show.
    expect(compiled).toContain("assembly/threads/team/runShared");
    expect(compiled).not.toMatch(/rt\/stub\/__(new|alloc|renew)/);
    expect(compiled).not.toContain("memory.grow");
    // Static memory holds constants: a buffer in it would be filled with zeros, and shared by all threads.
    const zeros = [...compiled.matchAll(/\(data [^"]*"([^"]*)"/g)].filter(([, bytes = ""]) =>
      /^(\\00){32,}$/.test(bytes),
    );
    expect(zeros).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
