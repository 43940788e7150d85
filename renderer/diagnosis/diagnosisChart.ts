// The diagnosis view: the sentence, a row for each finding with its evidence and remedies, and the checks that passed, folded.

import type { DiagnosisFinding, DiagnosisView, Remedy } from "../../src/shared/views.ts";
import { insightWords } from "../../src/shared/words/insightWords.ts";
import type { Message } from "../../src/shared/words/message.ts";
import { element, setAttributes, setHidden } from "../dom.ts";
import { icon } from "../icons.ts";
import { createDataTable, type TableData } from "../parts/dataTable.ts";
import { createSentence, sentenceNodes } from "../parts/sentence.ts";
import { createViewTools } from "../parts/viewTools.ts";
import type { Chart, ViewHost } from "../viewHost.ts";
import { addStyles } from "../viewStyles.ts";
import { diagnosisWords, passedHead } from "../words/diagnosisWords.ts";
import { changesShown, changesText, createChanges } from "./changes.ts";
import { diagnosisRules } from "./diagnosisCss.ts";
import { createEvidence } from "./evidence.ts";
import { linkFindings } from "./linkedFindings.ts";

export function createDiagnosisChart(host: ViewHost, first: DiagnosisView): Chart<DiagnosisView> {
  addStyles(host.root, diagnosisRules);
  let shown = first;
  const numbers = createDataTable(host, () => tableData(host, shown));
  const fileName = `diagnosis-${first.runs[0]?.runId ?? ""}`;
  const tools = createViewTools(host, { table: numbers, fileName });
  const sentence = createSentence(host, first.sentence, tools.node);
  const body = element("div");
  const node = element("div", { class: "diagnosis" }, sentence.node, body, numbers.node);
  host.root.append(node);
  const links = linkFindings(first);
  host.onEnd(links.dispose);
  let drawn = "";
  const update = (view: DiagnosisView) => {
    shown = view;
    sentence.update(view.sentence);
    numbers.update();
    const key = JSON.stringify(view);
    // Nodes are kept while nothing changed, and with them the focus and what is open.
    if (key === drawn) return;
    drawn = key;
    const rows = view.findings.map((finding, index) => createFinding(host, view, finding, index));
    links.follow(view, rows);
    body.replaceChildren(...rows, ...(view.passed.length === 0 ? [] : [createPassed(host, view)]));
  };
  update(first);
  return { update, dispose: () => node.remove() };
}

function createFinding(host: ViewHost, view: DiagnosisView, finding: DiagnosisFinding, index: number): HTMLElement {
  const evidence = createEvidence(host, finding.evidence);
  const runId = view.runs[finding.run]?.runId;
  const changes = finding.remedies.map((remedy, at) =>
    remedy.edits.length === 0
      ? null
      : createChanges(host, { remedy, title: words(host, remedy.title), runId, id: `change-${index}-${at}` }),
  );
  const buttons = finding.remedies.map((remedy, at) => createRemedy(host, remedy, changes, at));
  const cause = finding.follows === null ? undefined : view.findings[finding.follows];
  const why = cause && host.wordIn(diagnosisWords, "follows", { title: words(host, cause.title) });
  return element(
    "div",
    {
      class: cause === undefined ? "finding" : "finding consequence",
      role: "group",
      "aria-label": titleText(host, view, finding),
    },
    icon(finding.tone, host.word(finding.tone)),
    element(
      "div",
      {},
      element("p", { class: "title" }, titleText(host, view, finding)),
      element("p", {}, ...sentenceNodes(host, finding)),
    ),
    element("div", { class: "evidence" }, evidence),
    element(
      "div",
      { class: "acts" },
      why === undefined ? null : element("p", { class: "why" }, why),
      ...buttons,
      createReveal(host, view, finding),
    ),
    ...changes,
  );
}

/** A button that shows its change; what only a person can do is said in words. */
function createRemedy(
  host: ViewHost,
  remedy: Remedy,
  changes: readonly (HTMLElement | null)[],
  at: number,
): HTMLElement {
  const title = words(host, remedy.title);
  const own = changes[at] ?? null;
  if (own === null) return element("span", { class: "muted" }, title);
  const controls = { "aria-expanded": "false", "aria-controls": own.id };
  const button = element("button", { class: "button", type: "button", ...controls }, `${title}…`);
  setAttributes(own, { "aria-label": title });
  button.addEventListener("click", () => {
    const isOpen = own.hidden === false;
    for (const other of changes) if (other !== null) setHidden(other, true);
    for (const other of button.parentElement?.querySelectorAll("[aria-expanded]") ?? [])
      setAttributes(other, { "aria-expanded": "false" });
    setHidden(own, isOpen);
    setAttributes(button, { "aria-expanded": String(!isOpen) });
    if (!isOpen) own.dispatchEvent(new Event(changesShown));
  });
  return button;
}

function createReveal(host: ViewHost, view: DiagnosisView, finding: DiagnosisFinding): HTMLElement | null {
  const { layer } = finding;
  const runId = view.runs[finding.run]?.runId;
  if (layer === null || runId === undefined || !host.connected || !host.trusted) return null;
  const label = host.wordIn(diagnosisWords, "revealLayer", { layer });
  const link = element(
    "button",
    { class: "link", type: "button", title: label },
    host.wordIn(diagnosisWords, "reveal"),
    element("span", { class: "visuallyHidden" }, ` ${layer}`),
  );
  link.addEventListener("click", () => host.post({ kind: "revealLayer", runId, layer }));
  return link;
}

function createPassed(host: ViewHost, view: DiagnosisView): HTMLElement {
  const checks = host.wordIn(diagnosisWords, passedHead(view), {
    checks: { kind: "count", value: view.passed.length },
  });
  const titles = view.passed.map(({ run, title }) => `${runPrefix(view, run)}${words(host, title)}`);
  return element(
    "details",
    { class: "passedChecks" },
    element("summary", {}, icon("good", host.word("good")), checks),
    element("ul", {}, ...titles.map((title) => element("li", {}, title))),
  );
}

/** "sigmoid: " where there are several runs. */
function runPrefix(view: DiagnosisView, run: number): string {
  return view.runs.length > 1 ? `${view.runs[run]?.name}: ` : "";
}

function titleText(host: ViewHost, view: DiagnosisView, { run, title }: DiagnosisFinding): string {
  return `${runPrefix(view, run)}${words(host, title)}`;
}

function words(host: ViewHost, { id, args }: Message): string {
  return host.wordIn(insightWords, id as Parameters<typeof host.wordIn<keyof typeof insightWords.en>>[1], args);
}

function tableData(host: ViewHost, view: DiagnosisView): TableData {
  const word = (id: "numbers" | "finding" | "run" | "evidence" | "layer" | "remedy") => host.wordIn(diagnosisWords, id);
  const toText = (finding: DiagnosisFinding) => finding.messages.map((each) => words(host, each)).join(" ");
  return {
    caption: host.word("numbersOf", { caption: word("numbers") }),
    columns: [word("finding"), word("run"), word("layer"), word("evidence"), word("remedy")],
    rows: view.findings.map((finding) => [
      words(host, finding.title),
      view.runs[finding.run]?.name ?? "",
      finding.layer ?? "–",
      toText(finding),
      finding.remedies
        .map(({ title, edits }) => [words(host, title), changesText(edits).replaceAll("\n", " ")])
        .map((parts) => parts.filter((part) => part !== "").join(": "))
        .join("; "),
    ]),
  };
}
