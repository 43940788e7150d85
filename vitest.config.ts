// How the unit tests run: everything named *.test.ts, except what needs a real VS Code (test/host).
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longestFirst.ts";

/** Tests of the engine by itself: their files share one copy of it, which saves loading it a hundred times. */
const engineTests = [
  "src/engine/**/*.test.ts",
  "test/{fixtures!(Command),gradients!(Chart),planned*,secondDerivatives*}.test.ts",
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
        test: { name: "engine", include: engineTests, isolate: false, setupFiles: ["test/support/beginAlike.ts"] },
      },
      {
        extends: true,
        test: {
          name: "product",
          include: ["src/**/*.test.ts", "renderer/**/*.test.ts", "test/*.test.ts"],
          exclude: ["node_modules/**", ...engineTests],
        },
      },
    ],
  },
});
