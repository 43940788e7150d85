// The layers that findings are about, linked with the other outputs of their runs: pointed at here they are marked there, and the other way round.

import type { DiagnosisView } from "../../src/shared/views.ts";
import { linkLayer } from "../time/linkedLayer.ts";

export interface LinkedFindings {
  /** Takes the rows that stand for the findings of `view` now. */
  follow(view: DiagnosisView, rows: readonly HTMLElement[]): void;
  dispose(): void;
}

export function linkFindings({ runs }: DiagnosisView): LinkedFindings {
  let view: DiagnosisView | null = null;
  let shown: readonly HTMLElement[] = [];
  const mark = (run: number, layer: string | null) => {
    view?.findings.forEach((finding, at) => {
      if (finding.run !== run) return;
      shown[at]?.classList.toggle("marked", layer !== null && finding.layer === layer);
      stripOf(finding)?.forEach(({ name }, place) => {
        blocksOf(shown[at])[place]?.classList.toggle("marked", name === layer);
      });
    });
  };
  const links = runs.map(({ runId }, run) => linkLayer([runId], (layer) => mark(run, layer)));
  return {
    follow(next, rows) {
      view = next;
      shown = rows;
      next.findings.forEach((finding, at) => {
        const link = links[finding.run];
        const row = rows[at];
        if (link === undefined || row === undefined) return;
        const { layer } = finding;
        const point = (name: string | null) => link.move(name);
        if (layer !== null) {
          for (const begin of ["pointerenter", "focusin"]) row.addEventListener(begin, () => point(layer));
          for (const end of ["pointerleave", "focusout"]) row.addEventListener(end, () => point(null));
        }
        stripOf(finding)?.forEach(({ name }, place) => {
          const block = blocksOf(row)[place];
          block?.addEventListener("pointerenter", () => point(name));
          block?.addEventListener("pointerleave", () => point(layer));
        });
        mark(finding.run, link.initial);
      });
    },
    dispose() {
      for (const link of links) link.dispose();
    },
  };
}

function stripOf({ evidence }: DiagnosisView["findings"][number]) {
  return evidence.kind === "strip" ? evidence.layers : null;
}

function blocksOf(row: HTMLElement | undefined): readonly Element[] {
  return [...(row?.querySelectorAll(".evidence .block") ?? [])];
}
