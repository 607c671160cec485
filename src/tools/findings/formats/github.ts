import { counted } from "../../text/counted.ts";
import { printableLines } from "../../text/printable.ts";
import type { Finding } from "../finding.ts";
import { printPlace } from "../place.ts";
import { GITHUB_ANNOTATIONS, worstFirst } from "./worst-first.ts";

const COMMANDS = { error: "error", warning: "warning", info: "notice" } as const;

/**
 * Workflow commands of GitHub Actions: annotations at the lines of a pull request, and of the run where a finding has
 * no line.
 */
export function githubOf(findings: readonly Finding[], inRepository: (file: string) => string): string {
  const shown = worstFirst(findings).slice(0, GITHUB_ANNOTATIONS);
  const lines = shown.map((finding) => `${annotation(finding, inRepository)}\n`);
  const left = findings.length - shown.length;
  // A plain line of the log: GitHub drops annotations over the limit.
  return lines.join("") + (left > 0 ? `${counted(left, "finding")} more: run claimgate check\n` : "");
}

function annotation(
  { severity, place, id, message, fix }: Finding,
  inRepository: (file: string) => string,
): string {
  const text = escaped(fix === undefined ? message : `${message}; ${fix}`);
  if (place.kind !== "file") {
    return `::${COMMANDS[severity]} title=${property(id)}::${escaped(printPlace(place))}: ${text}`;
  }
  const { file, line, column } = place;
  const at = `file=${property(inRepository(file))},line=${line},col=${column},title=${property(id)}`;
  return `::${COMMANDS[severity]} ${at}::${text}`;
}

function escaped(text: string): string {
  return printableLines(text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"));
}

function property(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
