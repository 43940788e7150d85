// A Python with a module, where the machine has one.

import { spawnSync } from "node:child_process";

/** The program and the module's version; `null` where no Python has the module. `NNBOOK_PYTHON` names one to try first. */
export function pythonWith(module: string): { readonly program: string; readonly version: string } | null {
  const programs = [process.env.NNBOOK_PYTHON, "/usr/bin/python3", "python3"];
  for (const program of programs) {
    if (!program) continue;
    const { status, stdout } = spawnSync(program, ["-c", `import ${module}; print(${module}.__version__)`], {
      encoding: "utf8",
    });
    if (status === 0) return { program, version: stdout.trim() };
  }
  return null;
}
