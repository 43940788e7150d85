// A step that fails leaves the window in a state that says nothing about the steps after it: these are left out. Other files go on.

import { afterEach, beforeEach } from "vitest";

let hasFailed = false;

beforeEach(({ skip }) => skip(hasFailed, "a step before it failed"));

afterEach(({ task }) => {
  hasFailed ||= task.result?.state === "fail";
});
