// Words as a page shows them: a number stays on the line of its percent sign.

/** "98 %" with a space that no line breaks at. */
export function unbroken(text: string): string {
  return text.replace(/(\d) %/g, "$1\u00a0%");
}
