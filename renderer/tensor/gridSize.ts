// Up to which size a tensor is read number by number rather than looked at, and which of its rows and columns are numbered then.

export const gridRows = 24;
export const gridColumns = 12;

/** How strong the colour of the largest number is (0–1) where numbers stand in their cells: paler than in a heat map, since they are what is read. */
export const numberStrength = 0.55;

/** Places of a row of cells that have room for a name, evenly apart: every one, every second, fifth, tenth … */
export function namedPlaces(count: number, cellPx: number, gapPx: number): readonly number[] {
  let step = 1;
  for (let power = 1; step * cellPx < gapPx; power *= 10)
    step = [1, 2, 5].map((digit) => digit * power).find((each) => each * cellPx >= gapPx) ?? step;
  return Array.from({ length: Math.ceil(count / step) }, (_, at) => at * step);
}
