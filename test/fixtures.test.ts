// Activations, losses, regularizers, metrics and initializers against reference values of other libraries, through the public API.

import { describe } from "vitest";
import { expectCases } from "./support/expectCases.ts";
import { type ActivationsFile, checkActivations } from "./support/fixtureChecks/activations.ts";
import { checkInitializers, type InitializersFile } from "./support/fixtureChecks/initializers.ts";
import { checkLosses, type LossesFile } from "./support/fixtureChecks/losses.ts";
import { checkMetrics, type MetricsFile } from "./support/fixtureChecks/metrics.ts";
import { readFixture } from "./support/fixtures.ts";

describe("activations", () =>
  expectCases(checkActivations(readFixture<ActivationsFile>("activations.json")), ["hard_sigmoid_keras2"]));

describe("losses", () => expectCases(checkLosses(readFixture<LossesFile>("losses.json"))));

describe("metrics", () => expectCases(checkMetrics(readFixture<MetricsFile>("metrics.json"))));

describe("initializers", () => expectCases(checkInitializers(readFixture<InitializersFile>("initializers.json"))));
