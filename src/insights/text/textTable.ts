// Plain-text tables whose columns line up, Korean included.

/** A column's head; numbers stand right. */
export interface TextColumn {
  readonly head: string;
  readonly align: "left" | "right";
}

/** A table with a rule under its head. */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ head }, index) =>
    Math.max(textWidth(head), ...rows.map((row) => textWidth(row[index] ?? ""))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => {
        const space = " ".repeat(Math.max(0, (widths[index] ?? 0) - textWidth(cell)));
        return columns[index]?.align === "right" ? space + cell : cell + space;
      })
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("──");
  return [line(columns.map(({ head }) => head)), rule, ...rows.map(line)].join("\n");
}

/** How many places a text takes in a monospaced font: Hangul and other East Asian letters take two. */
function textWidth(text: string): number {
  let width = 0;
  for (const letter of text)
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(letter) ? 2 : 1;
  return width;
}
