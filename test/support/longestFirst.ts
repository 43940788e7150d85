// The order of test files: those that wait for a browser or another process begin, so that the others run beside them.

import { BaseSequencer, type TestSpecification } from "vitest/node";

const longest = ["rendererInChromium", "samples", "cli", "fixturesCommand", "interrupt", "wideVectors"];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification) => {
      const rank = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return rank === -1 ? longest.length : rank;
    };
    return (await super.sort(files)).sort((a, b) => rankOf(a) - rankOf(b));
  }
}
