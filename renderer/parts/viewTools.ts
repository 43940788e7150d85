// The tools of a view: numbers (its table), copy and save (as picture, drawing, or numbers).

import { element, setAttributes, setHidden, setText } from "../dom.ts";
import { type IconName, icon } from "../icons.ts";
import type { ViewHost } from "../viewHost.ts";
import type { RendererWordId } from "../words/rendererWords.ts";
import { type DataTable, type TableData, tableCsv } from "./dataTable.ts";
import { copyPicture, type ExportFormat, pngBase64, toSvg } from "./exporting.ts";

export interface ViewTools {
  /** The toolbar; the table and what it says go below the view by themselves. */
  readonly node: HTMLElement;
}

export interface ViewToolsOptions {
  readonly table: DataTable;
  /** The file's name without its ending: "training-fit-1a2b3c4d-1". */
  readonly fileName: string;
  /** The view is its table: there is nothing more to show. */
  readonly tableIsShown?: boolean;
  /** What the view shows and its table does not hold: the points of lines, the rows below their statistics. */
  readonly furtherNumbers?: FurtherNumbers;
}

/** Numbers to be copied and saved besides those of the table. */
export interface FurtherNumbers {
  /** What they are called in a menu: "Lines". */
  readonly label: string;
  /** What their file's name ends with: "lines". */
  readonly suffix: string;
  readonly read: () => TableData;
}

/** What a menu offers: the view as a file. */
interface Choice {
  readonly format: ExportFormat;
  readonly label: string;
  readonly suffix: string;
  readonly numbers: () => TableData;
}

const formats: readonly (readonly [ExportFormat, RendererWordId])[] = [
  ["png", "formatPng"],
  ["svg", "formatSvg"],
  ["csv", "formatCsv"],
];

export function createViewTools(
  host: ViewHost,
  { table, fileName, tableIsShown = false, furtherNumbers }: ViewToolsOptions,
): ViewTools {
  const choices = formats.map(
    ([format, word]): Choice => ({ format, label: host.word(word), suffix: "", numbers: () => table.data }),
  );
  if (furtherNumbers !== undefined) {
    const { label, suffix, read } = furtherNumbers;
    choices.push({ format: "csv", label: `${label} (CSV)`, suffix: `-${suffix}`, numbers: read });
  }
  const note = createNote(host);
  const numbers = iconButton("table", host.word("showNumbers"));
  setAttributes(numbers, { "aria-pressed": "false" });
  numbers.addEventListener("click", () => {
    table.setOpen(!table.open);
    const label = host.word(table.open ? "hideNumbers" : "showNumbers");
    setAttributes(numbers, { "aria-pressed": String(table.open), "aria-label": label, title: label });
  });
  const copy = createMenu("copy", host.word("copy"), choices, (choice) => {
    void copyAs(host, choice).then((done) => note.say(host.word(done ? "copied" : "copyFailed")));
  });
  const save = createMenu("save", host.word("save"), choices, (choice) => saveAs(host, choice, fileName));
  const node = element(
    "div",
    { class: "tools", role: "toolbar", "aria-label": host.word("tools") },
    tableIsShown ? null : numbers,
    copy,
    host.connected ? save : null,
    note.node,
  );
  return { node };
}

const noteMs = 4_000;

/** What came of a choice: read aloud at once, and seen for a moment below the tools. */
function createNote(host: ViewHost) {
  const node = element("span", { class: "toolNote", role: "status" });
  let timer: ReturnType<typeof setTimeout> | undefined;
  host.onEnd(() => clearTimeout(timer));
  return {
    node,
    say(text: string) {
      clearTimeout(timer);
      setText(node, text);
      timer = setTimeout(() => setText(node, ""), noteMs);
    },
  };
}

async function copyAs(host: ViewHost, { format, numbers }: Choice): Promise<boolean> {
  if (format === "png") return copyPicture(host);
  const text = format === "csv" ? tableCsv(numbers()) : toSvg(host);
  if (host.connected) host.post({ kind: "copyText", text });
  else await navigator.clipboard.writeText(text);
  return true;
}

function saveAs(host: ViewHost, { format, suffix, numbers }: Choice, fileName: string): void {
  const content = format === "csv" ? tableCsv(numbers()) : format === "svg" ? toSvg(host) : pngBase64(host);
  host.post({ kind: "saveFile", suggestedName: `${fileName}${suffix}.${format}`, format, content });
}

/** A 24 px button with an icon; the label is its tooltip and its name. */
export function iconButton(name: IconName, label: string): HTMLButtonElement {
  return element("button", { class: "iconButton", type: "button", title: label, "aria-label": label }, icon(name));
}

/** A button that opens a menu of formats: arrow keys, Enter, Escape; closes when the focus leaves it. */
function createMenu(
  name: IconName,
  label: string,
  choices: readonly Choice[],
  choose: (choice: Choice) => void,
): HTMLElement {
  const opener = iconButton(name, label);
  setAttributes(opener, { "aria-haspopup": "menu", "aria-expanded": "false" });
  const items = choices.map((choice) => {
    const item = element("button", { class: "menuItem", type: "button", role: "menuitem", tabindex: -1 }, choice.label);
    item.addEventListener("click", () => {
      close();
      opener.focus();
      choose(choice);
    });
    return item;
  });
  const menu = element("div", { class: "menu", role: "menu", "aria-label": label, hidden: true }, ...items);
  const node = element("div", { class: "menuHolder" }, opener, menu);
  const show = (open: boolean) => {
    setHidden(menu, !open);
    setAttributes(opener, { "aria-expanded": String(open) });
    if (open) items[0]?.focus();
  };
  const close = () => show(false);
  opener.addEventListener("click", () => show(menu.hidden !== false));
  node.addEventListener("focusout", (event) => {
    if (!(event.relatedTarget instanceof Node && node.contains(event.relatedTarget))) close();
  });
  menu.addEventListener("keydown", (event) => {
    const at = items.findIndex((item) => item.contains(event.target instanceof Node ? event.target : null));
    const move = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (move !== undefined) items[move % items.length]?.focus();
    else if (event.key === "Escape") {
      close();
      opener.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return node;
}
