import { objectOf } from "../../json.ts";
import type { Resource, Template } from "../cloudformation/template.ts";
import type { Finding, Severity } from "../findings/finding.ts";
import { isReason } from "../findings/reason.ts";
import { unknownId } from "../findings/renamed.ts";
import type { Ignored } from "../findings/report.ts";

/**
 * Next to the properties of a resource: `Metadata: { claimgate-ignore: { ID: REASON } }`, like a comment above a row.
 */
const IGNORE = "claimgate-ignore";

interface ResourceNote {
  readonly resource: string;
  readonly id: string;
  /** Empty if it is not a string. */
  readonly reason: string;
}

/**
 * Removes the findings that a resource's metadata switches off for it, and adds one for each note that hides none or
 * has no effect.
 *
 * @param known the ids that a finding in a template can have
 */
export function withoutIgnored(
  findings: readonly Finding[],
  { resources }: Template,
  known: ReadonlySet<string>,
): { readonly shown: readonly Finding[]; readonly ignored: readonly Ignored[] } {
  const notes = [...resources.values()].flatMap(notesOf);
  const good = notes.filter(({ id, reason }) => known.has(id) && isReason(reason));
  const noteFor = noteLookup(good);
  const used = new Set(findings.map(noteFor));
  return {
    shown: [
      ...findings.filter((finding) => noteFor(finding) === undefined),
      ...notes.flatMap((note) => (good.includes(note) ? [] : [unclear(note, known)])),
      ...good.filter((note) => !used.has(note)).map(unused),
    ],
    ignored: findings.flatMap((finding) => {
      const { id, place } = finding;
      const note = noteFor(finding);
      return note === undefined ? [] : [{ id, place, reason: note.reason }];
    }),
  };
}

/** Whether a note at its resource, with a reason, switches a finding off. */
export function isIgnoredIn({ resources }: Template): (finding: Finding) => boolean {
  const noteFor = noteLookup(
    [...resources.values()].flatMap(notesOf).filter(({ reason }) => isReason(reason)),
  );
  return (finding) => noteFor(finding) !== undefined;
}

function noteLookup(notes: readonly ResourceNote[]): (finding: Finding) => ResourceNote | undefined {
  return ({ id, place }) =>
    notes.find((note) => place.kind === "resource" && note.resource === place.resource && note.id === id);
}

function notesOf({ id: resource, json }: Resource): readonly ResourceNote[] {
  return Object.entries(objectOf(objectOf(json["Metadata"])[IGNORE])).map(([id, reason]) => ({
    resource,
    id,
    reason: typeof reason === "string" ? reason : "",
  }));
}

function unclear({ resource, id }: ResourceNote, known: ReadonlySet<string>): Finding {
  const said = known.has(id)
    ? {
        message: `the reason for ignoring \`${id}\` is missing or too short`,
        fix: "say in three or more words why it does not apply to this resource",
      }
    : unknownId(id, known);
  return noteFinding("row-note", "error", resource, said);
}

function unused({ resource, id }: ResourceNote): Finding {
  const said = { message: `the resource has no finding of \`${id}\``, fix: "delete the note" };
  return noteFinding("ignore-unused", "warning", resource, said);
}

function noteFinding(
  id: string,
  severity: Severity,
  resource: string,
  said: { readonly message: string; readonly fix: string },
): Finding {
  return { id, severity, place: { kind: "resource", resource, property: `Metadata.${IGNORE}` }, ...said };
}
