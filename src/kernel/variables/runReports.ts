// How runs fare, for whoever looks at them at any moment: worked out as seldom as can be, since a verdict takes many milliseconds.

import type { Run } from "../../engine/index.ts";
import { runReport } from "../../insights/index.ts";
import type { RunReport } from "../../shared/layerReport.ts";

/** What was last said of a run while it trains; `null` before the first time. */
export type LiveReport = (run: Run) => RunReport | null;

export class RunReports {
  readonly #live: LiveReport;
  /** Of runs that do not train now. One may be gone on with, so each is known by how far it was. */
  readonly #ended = new WeakMap<Run, { readonly steps: number; readonly report: RunReport }>();

  constructor(live: LiveReport) {
    this.#live = live;
  }

  of(run: Run): RunReport | null {
    if (run.state === "running") return this.#live(run);
    const known = this.#ended.get(run);
    if (known !== undefined && known.steps === run.steps.done) return known.report;
    const report = runReport(run, "");
    this.#ended.set(run, { steps: run.steps.done, report });
    return report;
  }
}
