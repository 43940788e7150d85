// Markup that a Markdown cell holds: a list of harmless elements and attributes passes; all else becomes text or is left out.

import { escapeHtml } from "./escapeHtml.ts";

/** What a tag may need to know of its page. */
export interface TagContext {
  /** The address of a picture that may be shown, or `null`. */
  readonly pictureAddress: (source: string) => string | null;
  readonly isSafeLink: (address: string) => boolean;
  /** Elements of this cell that are open, outermost first. Changed in place. */
  readonly open: string[];
}

const elements: ReadonlySet<string> = new Set(
  (
    "a abbr b blockquote br center cite code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins " +
    "kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul var"
  ).split(" "),
);
const voidElements: ReadonlySet<string> = new Set(["br", "hr", "img"]);
const attributes: ReadonlySet<string> = new Set(
  "align alt colspan dir height lang open rowspan start title width".split(" "),
);

const tag = /<(\/?)([a-z][a-z\d-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*(\/?)>/gi;
/** What these hold is not for reading. */
const unread = /<!--[\s\S]*?(?:-->|$)|<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;

/** HTML of a Markdown cell → HTML that can do nothing but look. */
export function safeHtml(html: string, context: TagContext): string {
  const read = html.replace(unread, "");
  let result = "";
  let end = 0;
  for (const match of read.matchAll(tag)) {
    const [whole, closing, name = "", attributeText = ""] = match;
    result += safeText(read.slice(end, match.index));
    result +=
      closing === "/" ? closeTag(name.toLowerCase(), whole, context) : openTag(name, attributeText, whole, context);
    end = match.index + whole.length;
  }
  return result + safeText(read.slice(end));
}

/** Ends what a cell left open, so that it cannot hold the cells after it. */
export function closeAll({ open }: TagContext): string {
  return open
    .splice(0)
    .reverse()
    .map((name) => `</${name}>`)
    .join("");
}

/** Entities stay what they are. */
function safeText(text: string): string {
  return escapeHtml(text).replace(/&amp;(#\d+|#x[\da-f]+|[a-z][a-z\d]*);/gi, "&$1;");
}

function openTag(writtenName: string, attributeText: string, whole: string, context: TagContext): string {
  const name = writtenName.toLowerCase();
  if (!elements.has(name)) return escapeHtml(whole);
  const kept = readAttributes(attributeText).flatMap(([key, value]) => {
    const safe = safeAttribute(name, key, value, context);
    return safe === null ? [] : [` ${key}="${escapeHtml(safe)}"`];
  });
  if (name === "img" && !kept.some((each) => each.startsWith(" src="))) return "";
  if (!voidElements.has(name)) context.open.push(name);
  return `<${name}${kept.join("")}>`;
}

function closeTag(name: string, whole: string, { open }: TagContext): string {
  const at = open.lastIndexOf(name);
  if (at === -1) return elements.has(name) ? "" : escapeHtml(whole);
  return open
    .splice(at)
    .reverse()
    .map((each) => `</${each}>`)
    .join("");
}

function readAttributes(text: string): readonly (readonly [name: string, value: string])[] {
  return [...text.matchAll(/([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g)].map(
    ([, name = "", double, single, bare]) => [name.toLowerCase(), double ?? single ?? bare ?? ""] as const,
  );
}

function safeAttribute(element: string, name: string, value: string, context: TagContext): string | null {
  if (element === "img" && name === "src") return context.pictureAddress(value);
  if (element === "a" && name === "href") return context.isSafeLink(value) ? value : null;
  return attributes.has(name) ? value : null;
}
