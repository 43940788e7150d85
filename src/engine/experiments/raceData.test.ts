// What races learn from stays in a worker for the next race of the same data, and is never taken for other data.

import { afterAll, beforeAll, expect, it } from "vitest";
import { backend } from "../backend/current.ts";
import { tensor, useBackend } from "../index.ts";
import { standingNumbers, type Tensor } from "../tensor.ts";
import { DataFacts } from "../training/data/dataFacts.ts";
import { ResidentExamples } from "../training/plans/residentExamples.ts";
import { batchOf, type SharedExamples, shareExamples } from "./job.ts";
import { RaceData } from "./raceData.ts";

beforeAll(() => void useBackend("simd"));
afterAll(() => void useBackend("plain"));

const numbers = (factor: number) => Float32Array.from({ length: 2048 * 4 }, (_, index) => factor * (index % 7));
const x = tensor(numbers(1), { shape: [2048, 4] });
const y = tensor(numbers(2), { shape: [2048, 4] });

/** As a worker is sent them: each time other objects over the same memory. */
function sent(inputs: Tensor = x): SharedExamples {
  const { train } = shareExamples({ xs: [inputs], ys: [y], featureNames: [] }, null);
  const again = (set: SharedExamples["train"]["xs"]) =>
    set.map(({ shape, numbers, id }) => ({ shape: [...shape], numbers: numbers.subarray(0), id }));
  return { train: { xs: again(train.xs), ys: again(train.ys), weights: null }, validation: null };
}

/** Where a training would read its inputs. */
function inputsIn({ train }: SharedExamples): Float32Array {
  const resident = new ResidentExamples(batchOf(train), 1);
  const [inputs] = resident.batch.xs;
  return inputs === undefined ? expect.fail("there are no inputs") : standingNumbers(inputs);
}

it("the next race of the same data reads the same copy, one of other data makes its own in its place", () => {
  const used = () => backend().memory.usedFloats;
  const data = new RaceData();
  const before = used();
  const [first, second, other] = [sent(), sent(), sent(tensor(numbers(3), { shape: [2048, 4] }))];
  data.begin(first);
  expect(data.use(true)).toBe(first);
  const copy = inputsIn(first);
  expect([...copy]).toEqual([...numbers(1)]);
  data.rest();
  expect(data.use(true)).toBe(null);
  expect(inputsIn(first)).toBe(first.train.xs[0]?.numbers);

  const held = used();
  expect(held).toBeGreaterThanOrEqual(before + x.size + y.size);
  data.begin(second);
  data.use(false);
  expect(inputsIn(second)).toBe(copy);
  data.begin(other);
  data.use(true);
  expect(inputsIn(other)[1]).toBe(3);
  expect(used()).toBe(held);
});

it("what was found out about data holds for the next race of them, until somebody may have written to them", () => {
  const facts = new DataFacts<number>();
  const given = tensor(numbers(1), { shape: [2048, 4] });
  let looks = 0;
  const sum = () => {
    const [seen] = batchOf(sent(given).train).xs;
    if (seen === undefined) expect.fail("there are no inputs");
    return facts.of(seen, "sum", () => {
      looks++;
      return standingNumbers(seen).reduce((total, each) => total + each, 0);
    });
  };
  const first = sum();
  expect([sum(), looks]).toEqual([first, 1]);
  given.data[1] = 100;
  expect([sum(), looks]).toEqual([first + 99, 2]);
});
