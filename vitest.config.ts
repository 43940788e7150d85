// How the unit tests run: everything named *.test.ts, except what needs a real VS Code (test/host).
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longestFirst.ts";

/** These share one copy of the modules, which saves loading them a hundred times; the others speak to processes, browsers, VS Code. */
const together = [
  "renderer/**/*.test.ts",
  "src/{engine,insights,kernel,language,notebook,shared}/**/*.test.ts",
  "test/{compare,derivatives/!(gradientsRecurrent),fixtures!(Command),golden,planned*,recipes,routines}.test.ts",
];

/**
 * These try whole products with other programs: Chromium, PyTorch, ONNX Runtime, the command line, kernels and bundles in processes of their own, every lesson;
 * and what takes as long as all else of its kind.
 * They burn as much as all others, so `npm run check` leaves them to `npm test`.
 */
const whole = [
  "src/cli/*.test.ts",
  "src/session/{races,threads,wideVectors}.test.ts",
  "test/derivatives/gradientsRecurrent.test.ts",
  "test/{pytorch,keras,onnx,rendererInChromium,gradientsChart,activationChart,exportedPage,outputSizes}.test.ts",
  "test/{engineAlone*,fixturesCommand,samples,randomModels}.test.ts",
];

export default defineConfig({
  test: {
    globalSetup: ["test/support/buildRoutines.ts"],
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
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
          exclude: ["node_modules/**", ...together, ...whole],
        },
      },
      { extends: true, test: { name: "whole", include: whole } },
    ],
  },
});
