// How the unit tests run: everything named *.test.ts, except what needs a real VS Code (test/host).
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "renderer/**/*.test.ts", "test/*.test.ts"],
    exclude: ["test/host/**", "node_modules/**"],
    globalSetup: ["test/support/buildRoutines.ts"],
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
