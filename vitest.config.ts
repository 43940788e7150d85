// How the unit tests run: everything named *.test.ts, except what needs a real VS Code (test/host).
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longestFirst.ts";

/** These share one copy of the modules, which saves loading them a hundred times; the others speak to processes, browsers, VS Code. */
const together = [
  "renderer/**/*.test.ts",
  "src/{engine,insights,kernel,language,notebook,shared}/**/*.test.ts",
  "test/{compare,fixtures!(Command),golden,gradients!(Chart),planned*,randomModels,recipes,routines,secondDerivatives*}.test.ts",
];

export default defineConfig({
  test: {
    globalSetup: ["test/support/buildRoutines.ts"],
    maxWorkers: 2,
    testTimeout: 30_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: { name: "together", include: together, isolate: false, setupFiles: ["test/support/beginAlike.ts"] },
      },
      {
        extends: true,
        test: {
          name: "apart",
          include: ["renderer/**/*.test.ts", "src/**/*.test.ts", "test/*.test.ts"],
          exclude: ["node_modules/**", ...together],
        },
      },
    ],
  },
});
