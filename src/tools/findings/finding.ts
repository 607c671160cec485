import { brief, type Finding as PolicyFinding, type Suggestion } from "../../policy/finding.ts";
import { type FilePlace, type FindingPlace, printPlace, type ResourcePlace } from "./place.ts";

export type Severity = "error" | "warning" | "info";

/** One problem, on whichever occasion it was found. Every format prints every finding. */
export interface Finding {
  /** Stable, kebab-case; docs/rules has a page for each. */
  readonly id: string;
  readonly severity: Severity;
  readonly place: FindingPlace;
  readonly message: string;
  /** What to do. */
  readonly fix?: string;
  /** What was probably meant, the likeliest first. */
  readonly suggestions?: readonly Suggestion[];
}

/** A finding that has a line. */
export interface FileFinding extends Finding {
  readonly place: FilePlace;
}

/** A finding about a part of the packaged template. */
export interface ResourceFinding extends Finding {
  readonly place: ResourcePlace;
}

/** A finding as readers of files report it. The loader is one of them: it runs in Lambda and knows files only. */
export interface LineFinding extends PolicyFinding {
  readonly severity: Severity;
}

export function findingAt({
  rule,
  severity,
  file,
  line,
  column,
  message,
  fix,
  suggestions,
}: LineFinding): FileFinding {
  return {
    id: rule,
    severity,
    place: { kind: "file", file, line, column },
    message,
    ...(fix !== undefined && { fix }),
    ...(suggestions !== undefined && { suggestions }),
  };
}

/** `policies/roles.csv:12:30: message; fix [id]` */
export function printFinding(finding: Finding): string {
  const { id, place, message, fix } = brief(finding);
  return `${printPlace(place)}: ${message}${fix === undefined ? "" : `; ${fix}`} [${id}]`;
}

/** How many findings there are of each severity. */
export function countsOf(
  findings: readonly Pick<Finding, "severity">[],
): Readonly<Record<"errors" | "warnings" | "infos", number>> {
  const of = (wanted: Severity) => findings.filter(({ severity }) => severity === wanted).length;
  return { errors: of("error"), warnings: of("warning"), infos: of("info") };
}
