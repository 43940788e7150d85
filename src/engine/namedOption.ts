// Options that name an entry of a catalogue: "heNormal", "l2", "maxNorm", "mse".

import { describeValue, UnknownNameError, ValueError } from "./errors.ts";
import { findName } from "./names.ts";

/** What a name may be, and how errors call it. */
interface NamedOption<Known extends string> {
  /** What errors call the option: "kernelInitializer". */
  readonly what: string;
  readonly known: readonly Known[];
  /** Other names that are taken. */
  readonly aliases: Readonly<Record<string, Known>>;
  /** Names that are not taken, with the one that is offered instead. */
  readonly relatives?: Readonly<Record<string, Known>>;
  /** What would have been right, where the option is no text. */
  readonly expected: string;
  /** What to do then. */
  readonly hint?: string;
}

/** The known name that an option spells, also by alias. @throws ValueError for what is no text, UnknownNameError with the nearest right name. */
export function namedOption<Known extends string>(
  option: unknown,
  { what, known, aliases, relatives = {}, expected, hint }: NamedOption<Known>,
): Known {
  if (typeof option !== "string")
    throw new ValueError({
      op: what,
      expected,
      got: describeValue(option),
      ...(hint === undefined ? {} : { hint }),
    });
  const name = findName(option, known, aliases);
  if (name === null)
    throw new UnknownNameError({ what, unknown: option, known, aliases: { ...aliases, ...relatives } });
  return name;
}
