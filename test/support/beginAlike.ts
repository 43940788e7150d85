// Test files that share one copy of the engine: each begins on the backend that users get and with nothing known of a host,
// whatever the one before it did.

import { afterAll, expect } from "vitest";
import { currentRecorder } from "../../src/engine/backend/current.ts";
import { engineHost, setEngineHost } from "../../src/engine/host.ts";
import { useBackend } from "../../src/engine/index.ts";

const host = engineHost();

// Runs after all that the file itself does at its end.
afterAll(() => {
  setEngineHost(host);
  useBackend();
  expect(currentRecorder(), "what is laid out after the file's tests").toBeNull();
});
