// Text into HTML: the only ways that text of a notebook gets into a page.

/** Text between tags, or inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** JSON inside a `script` element: nothing in it can end the element, or begin another. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** Code inside a `script` element: `</script` and `<!--` stand in it only inside texts, where a backslash changes nothing. */
export function scriptCode(code: string): string {
  return code.replace(/<(?=\/script|!--)/gi, "\\x3c");
}
