// What TypeScript says of a name that nothing declares: it has several ways to.

export const unknownNameCodes: ReadonlySet<number> = new Set([
  ...[2304, 2503, 2552, 18004],
  // The same for names that TypeScript takes for those of Node, a test runner, jQuery, a browser, Bun.
  ...[2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593, 2867, 2868],
]);
