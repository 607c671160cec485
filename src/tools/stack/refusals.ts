import type { Finding } from "../findings/finding.ts";

const LINE =
  /^(?:--param (\S+)|(\S.*?):(\d+):(\d+)): (.*) \[((?:parameter|provider|setting|variable)-[a-z]+)\]$/gm;

/**
 * The findings about parameters, environments, identity providers and settings in a string, as `printFinding` prints
 * them: the plugin passes them on through the framework's error.
 */
export function refusalsIn(text: string): readonly Finding[] {
  return Array.from(
    text.matchAll(LINE),
    ([, parameter, file = "", line, column, message = "", id = ""]): Finding => ({
      id,
      severity: "error",
      place:
        parameter === undefined
          ? { kind: "file", file, line: Number(line), column: Number(column) }
          : { kind: "parameter", parameter },
      message,
    }),
  );
}
