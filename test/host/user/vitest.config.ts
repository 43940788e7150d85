// How the journeys of a user run: one after the other, each file in a VS Code of its own.
import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: path.resolve(import.meta.dirname, "../../.."),
  test: {
    include: ["test/host/user/**/*.test.ts"],
    // Two windows at once keep two cores so busy that VS Code itself gives up waiting here and there.
    fileParallelism: false,
    globalSetup: ["test/host/user/installOnce.ts"],
    setupFiles: ["test/host/user/stepByStep.ts"],
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
