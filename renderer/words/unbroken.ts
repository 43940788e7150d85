// Where the lines of a page may break beside numbers: what belongs to one stays on its line.

/**
 * "98 %", "epoch 9", "8 × 8" and "2.3 ± 0.1" with spaces that no line breaks at. A line may break before a long number and within
 * "1,234,567/10,000,000" (Korean headlines count so), which would not fit into a narrow notebook and break anywhere.
 */
export function unbroken(text: string): string {
  return text
    .replace(/(\d) %/g, "$1\u00a0%")
    .replace(/([\d¹²³⁰⁴-⁹]) ([×±]) (?=\d)/g, "$1\u00a0$2\u00a0")
    .replace(/(epoch|에포크) (?=[\d,./]{1,7}(?![\d,./]*\d))/gi, "$1\u00a0")
    .replace(/([\d,.]{5,})\/(?=[\d,.]{5,})/g, "$1/\u200b");
}
