// Running sums and picked rows in readable TypeScript.
// `as number` in the loops: a typed array read within its bounds, which the caller's shapes guarantee.

import type { ScanRoutines } from "./scan.ts";

export const plainScan: ScanRoutines = {
  addRunningSums(input, output, { outer, length, inner }, isReverse) {
    for (let block = 0; block < outer; block++)
      for (let column = 0; column < inner; column++) {
        let sum = 0;
        for (let step = 0; step < length; step++) {
          const index = isReverse ? length - 1 - step : step;
          const at = (block * length + index) * inner + column;
          sum += input[at] as number;
          output[at] = (output[at] as number) + sum;
        }
      }
  },
  addRows(table, ids, output, width) {
    ids.forEach((id, row) => {
      for (let column = 0; column < width; column++) {
        const at = row * width + column;
        output[at] = (output[at] as number) + (table[id * width + column] as number);
      }
    });
  },
};
