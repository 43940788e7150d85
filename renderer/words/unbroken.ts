// Words as a page shows them: a number stays on the line of its percent sign, and of the epoch that it counts.

/** "98 %" and "epoch 9" with a space that no line breaks at. */
export function unbroken(text: string): string {
  return text.replace(/(\d) %/g, "$1\u00a0%").replace(/(epoch) (?=\d)/gi, "$1\u00a0");
}
