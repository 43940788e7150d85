// Reads a diagnosis view.

import type {
  DiagnosisFinding,
  DiagnosisView,
  FindingEvidence,
  PassedCheck,
  Remedy,
  RemedyEdit,
  StripLayer,
} from "../../src/shared/views.ts";
import { findingKinds, remedyKinds } from "../../src/shared/views.ts";
import { counts, message, numbers, sentence } from "./common.ts";
import {
  count,
  fields,
  finite,
  list,
  literal,
  Mismatch,
  nullable,
  pair,
  type Reader,
  text,
  viewNumber,
} from "./readJson.ts";

type OfKind<Union extends { readonly kind: string }> = {
  readonly [Kind in Union["kind"]]: Reader<Extract<Union, { kind: Kind }>>;
};

/** The reader of the kind that a value says it is. */
function tagged<Union extends { readonly kind: string }>(readers: OfKind<Union>): Reader<Union> {
  const kinds = Object.keys(readers) as Union["kind"][];
  return (value, path) => {
    const { kind } = fields<{ kind: Union["kind"] }>({ kind: literal(...kinds) })(value, path);
    return readers[kind](value, path) as Union;
  };
}

const evidence = tagged<FindingEvidence>({
  none: fields({ kind: literal("none") }),
  strip: fields<Extract<FindingEvidence, { kind: "strip" }>>({
    kind: literal("strip"),
    layers: list(fields<StripLayer>({ name: text, type: text, gradient: viewNumber }), 1_000),
  }),
  loss: fields<Extract<FindingEvidence, { kind: "loss" }>>({
    kind: literal("loss"),
    by: literal("epoch", "step"),
    train: numbers,
    validation: nullable(numbers),
    guess: viewNumber,
  }),
  range: fields<Extract<FindingEvidence, { kind: "range" }>>({
    kind: literal("range"),
    measure: literal("updateRatio", "inputSize", "targetSize"),
    value: viewNumber,
    usual: pair(finite),
  }),
  units: fields<Extract<FindingEvidence, { kind: "units" }>>({ kind: literal("units"), marked: count, total: count }),
  share: fields<Extract<FindingEvidence, { kind: "share" }>>({ kind: literal("share"), share: viewNumber }),
  classes: fields<Extract<FindingEvidence, { kind: "classes" }>>({ kind: literal("classes"), counts }),
});

const names = list(text, 1_000);

const edit = tagged<RemedyEdit>({
  setOption: fields<Extract<RemedyEdit, { kind: "setOption" }>>({
    kind: literal("setOption"),
    call: literal("layer", "optimizer", "compile", "fit"),
    layers: names,
    option: text,
    was: nullable(text),
    value: text,
  }),
  insertAfter: fields<Extract<RemedyEdit, { kind: "insertAfter" }>>({
    kind: literal("insertAfter"),
    layers: names,
    code: text,
  }),
  callOnData: fields<Extract<RemedyEdit, { kind: "callOnData" }>>({ kind: literal("callOnData"), code: text }),
});

const finding = fields<DiagnosisFinding>({
  kind: literal(...findingKinds),
  run: count,
  tone: literal("good", "info", "warning", "error"),
  title: message,
  messages: list(message, 20),
  layer: nullable(text),
  evidence,
  follows: nullable(count),
  remedies: list(fields<Remedy>({ kind: literal(...remedyKinds), title: message, edits: list(edit, 20) }), 20),
});

export const diagnosis: Reader<DiagnosisView> = (value, path) => {
  const view = fields<DiagnosisView>({
    kind: literal("diagnosis"),
    version: literal(1),
    sentence,
    runs: list(fields<DiagnosisView["runs"][number]>({ runId: text, name: text }), 5),
    findings: list(finding, 200),
    passed: list(fields<PassedCheck>({ run: count, kind: literal(...findingKinds), title: message }), 200),
  })(value, path);
  view.findings.forEach(({ run, follows }, at) => {
    if (run >= view.runs.length) throw new Mismatch(`findings[${at}].run`, "the place of a run", run);
    // Only what stands before it: so nothing follows from itself.
    if (follows !== null && follows >= at) throw new Mismatch(`findings[${at}].follows`, "an earlier finding", follows);
  });
  return view;
};
