import { type ParseArgsConfig, parseArgs } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;

/**
 * The options of a script of this repository. `--help` prints the usage and ends the process with 0. A wrong option is
 * named, with the usage, and ends it with 2.
 *
 * @param usage the command and its options, for people
 */
export function scriptOptions<const T extends Options>(
  usage: string,
  options: T,
): ReturnType<typeof parseArgs<{ options: T }>>["values"] {
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: "boolean", short: "h" } } });
    if ((values as { help?: boolean }).help !== true)
      return values as ReturnType<typeof parseArgs<{ options: T }>>["values"];
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error), usage);
  }
  console.log(usage);
  process.exit(0);
}

/** A whole number of an option. Anything else is named, and ends the process with 2. */
export function wholeNumber(name: string, text: string, least = 0): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
  return refuse(`--${name} takes a whole number${least > 0 ? ` from ${least}` : ""}, not \`${text}\``);
}

/** Ends the process with 2. */
export function refuse(...lines: readonly string[]): never {
  console.error(lines.join("\n\n"));
  process.exit(2);
}
