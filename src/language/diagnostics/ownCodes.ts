// The codes of the notebook's own diagnostics.

/** TypeScript's start at 1000. */
export const ownCode = {
  doesNotCompile: 1,
  redeclaresGlobal: 2,
  unknownName: 3,
  noDefaultExport: 4,
  importedLater: 5,
  unsavedModule: 6,
  foreignName: 7,
  namedArguments: 8,
  otherSpelling: 9,
  newVariable: 10,
  tuple: 11,
} as const;
