import type { Finding } from "../finding.ts";
import type { Kind } from "../kind.ts";
import { type FindingPlace, printPlace } from "../place.ts";
import { worstFirst } from "./worst-first.ts";

const LEVELS = { error: "error", warning: "warning", info: "note" } as const;

/** The new content of a finding's line, where it can be fixed without asking. */
export type LineFixes = ReadonlyMap<Finding, { readonly before: string; readonly after: readonly string[] }>;

/** The command that writes the file. */
export interface ToolFacts {
  /** Of package.json, as SemVer. */
  readonly version: string;
  /** The page of its repository, an absolute URL; undefined where package.json names none. */
  readonly repository?: string;
}

/** GitHub takes 25,000 results per run (docs.github.com, SARIF support for code scanning, file limits). */
const SARIF_RESULTS = 25_000;

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), for code scanning. A finding without
 * a line appears at the top of serverless.yml, which defines it: code scanning drops a result without a file. Braces in
 * messages are not doubled (section 3.11.5): viewers show them as they are, and routes are full of them.
 *
 * @param inRepository gives the path in the repository of a file that a finding names
 * @param tool the command that found them
 */
export function sarifOf(
  findings: readonly Finding[],
  kinds: readonly Kind[],
  fixes: LineFixes,
  inRepository: (file: string) => string,
  tool: ToolFacts,
): unknown {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "claimgate",
            // The version in the tool's own form, and as SemVer, which tells GitHub of a new one.
            version: tool.version,
            semanticVersion: tool.version,
            ...(tool.repository !== undefined && { informationUri: tool.repository }),
            rules: kinds.map(({ id, summary, severity }) => ({
              id,
              shortDescription: { text: summary },
              help: { text: `${summary}; see ${pageOf(id)}` },
              ...helpUri(id, tool),
              defaultConfiguration: { level: LEVELS[severity] },
            })),
          },
        },
        // Columns are those of an editor.
        columnKind: "utf16CodeUnits",
        results: worstFirst(findings)
          .slice(0, SARIF_RESULTS)
          .map((finding) => resultOf(finding, fixes.get(finding), inRepository)),
      },
    ],
  };
}

const pageOf = (id: string) => `docs/rules/${id}.md`;

/** SARIF demands an absolute URI (reportingDescriptor, helpUri), which a page has only in a published repository. */
function helpUri(id: string, { version, repository }: ToolFacts): { readonly helpUri?: string } {
  return repository === undefined ? {} : { helpUri: `${repository}/blob/v${version}/${pageOf(id)}` };
}

function resultOf(
  finding: Finding,
  fixed: ReturnType<LineFixes["get"]>,
  inRepository: (file: string) => string,
): unknown {
  const { id, severity, message, fix, place } = finding;
  const [file, line, column] =
    place.kind === "file" ? [place.file, place.line, place.column] : ["serverless.yml", 1, 1];
  const artifactLocation = { uri: relativeUri(inRepository(file)) };
  return {
    ruleId: id,
    level: LEVELS[severity],
    message: { text: fix === undefined ? message : `${message}. Fix: ${fix}` },
    locations: [
      {
        physicalLocation: { artifactLocation, region: { startLine: line, startColumn: column } },
        ...logicalLocation(place),
      },
    ],
    // A whole file is not a line's replacement.
    ...(fixed !== undefined &&
      id !== "spreadsheet-file" && {
        fixes: [
          {
            description: { text: "fix what needs no decision" },
            artifactChanges: [{ artifactLocation, replacements: [replacementOf(line, fixed)] }],
          },
        ],
      }),
  };
}

/** A `#`, `?` or `:` in the name of a file would begin another part of the URI. */
function relativeUri(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

function logicalLocation(place: FindingPlace): object {
  if (place.kind === "file") return {};
  return { logicalLocations: [{ fullyQualifiedName: printPlace(place), kind: place.kind }] };
}

/** The whole line, with its line ending if the line is deleted. */
function replacementOf(
  line: number,
  { before, after }: { readonly before: string; readonly after: readonly string[] },
): unknown {
  const start = { startLine: line, startColumn: 1 };
  if (after.length === 0) return { deletedRegion: { ...start, endLine: line + 1, endColumn: 1 } };
  return {
    deletedRegion: { ...start, endLine: line, endColumn: before.length + 1 },
    insertedContent: { text: after.join("\n") },
  };
}
