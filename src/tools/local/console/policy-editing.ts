import { type JsonObject, objectsOf, textOf } from "../../../json.ts";
import type { PolicyFile } from "../../../policy/compile.ts";
import { PolicyError } from "../../../policy/finding.ts";
import { loadPolicy } from "../../../policy/load.ts";
import { parsePolicy } from "../../../policy/parse.ts";
import { describeAccess } from "../../access/access.ts";
import type { AccessChange } from "../../access/access-changes.ts";
import { scopeOfEdit } from "../../access/edit-scope.ts";
import { type DiffSide, diffPolicies, type PolicyDiff } from "../../access/policy-diff.ts";
import { type DirectoryLinter, directoryLinter } from "../../checking/lint-directory.ts";
import type { ChangeJson, CheckedJson, FindingJson, PolicyJson } from "../../console/contract.ts";
import { placeOf, readPolicyDirectory } from "../../machine/policy-files.ts";
import { writePolicyFile } from "../../machine/write-policy-file.ts";
import { findingsJson } from "../../policy-view/policy-findings.ts";
import type { InForce, PolicyInForce } from "../policy-in-force.ts";
import { ConsoleError } from "./console-error.ts";

/** More differences than a person reads; an edit of one row can concern every route. */
const SHOWN_CHANGES = 40;

/** The files as they are, with their findings. */
export function readPolicy(directory: string, current: PolicyInForce): PolicyJson {
  const linter = directoryLinter(directory, undefined);
  const files = editableFiles(linter);
  const { policy, refused } = current.read();
  return {
    files,
    findings: findingsOf(linter, files),
    version: policy.version,
    refused,
  };
}

/** The findings of edited files, and whose access they would change. Writes nothing. */
export function checkEdits(directory: string, current: PolicyInForce, body: JsonObject): CheckedJson {
  const linter = directoryLinter(directory, undefined);
  const files = editableFiles(linter);
  const edited = withEdits(files, editsIn(files, body));
  const findings = findingsOf(linter, edited);
  const isGood = !findings.some(({ severity }) => severity === "error");
  const changes = isGood ? changesOf(current.read(), directory, rowsIn(linter, edited)) : undefined;
  return {
    findings,
    changes: changes?.slice(0, SHOWN_CHANGES) ?? null,
    changeCount: changes?.length ?? 0,
  };
}

/**
 * Writes edited files, unless somebody else wrote one of them since the page read it: then none.
 *
 * @throws ConsoleError 409; CommandError where one cannot be written
 */
export function saveEdits(directory: string, body: JsonObject): null {
  const files = editableFiles(directoryLinter(directory, undefined));
  const edits = editsIn(files, body);
  for (const { path, base } of edits) {
    if (files.find((file) => file.path === path)?.text === base) continue;
    const message = `${path} was changed by another program since you opened it; load it again to see the change`;
    throw new ConsoleError(409, "conflict", message);
  }
  for (const { path, text } of edits) writePolicyFile(placeOf(directory), { path, text });
  return null;
}

/** The CSV files, and `groups.yaml` where the policy has one. */
function editableFiles({ files, groupsFile }: DirectoryLinter): readonly PolicyFile[] {
  return groupsFile === undefined ? files : [...files, groupsFile];
}

/** The CSV files among edited ones. */
function rowsIn({ groupsFile }: DirectoryLinter, edited: readonly PolicyFile[]): readonly PolicyFile[] {
  return edited.filter(({ path }) => path !== groupsFile?.path);
}

/** What `check` finds, apart from rules that compare with serverless.yml. */
function findingsOf(linter: DirectoryLinter, edited: readonly PolicyFile[]): readonly FindingJson[] {
  const groupsFile = edited.find(({ path }) => path === linter.groupsFile?.path);
  return findingsJson(linter.lint(rowsIn(linter, edited), { groupsFile }).findings, edited);
}

function withEdits(files: readonly PolicyFile[], edits: readonly PolicyFile[]): readonly PolicyFile[] {
  return files.map((file) => edits.find(({ path }) => path === file.path) ?? file);
}

/** A file as the page edited it, and as the page read it. */
interface EditedFile extends PolicyFile {
  readonly base: string | undefined;
}

/** Only files that the policy has: a name from the page never becomes a path of its own. @throws ConsoleError */
function editsIn(files: readonly PolicyFile[], body: JsonObject): readonly EditedFile[] {
  return objectsOf(body["files"]).map((edit) => {
    const [path, text] = [textOf(edit["path"]), textOf(edit["text"])];
    if (path === undefined || text === undefined || !files.some((file) => file.path === path)) {
      throw new ConsoleError(404, "file", `the policy has no file \`${path ?? ""}\``);
    }
    return { path, text, base: textOf(edit["base"]) };
  });
}

function changesOf(
  before: InForce,
  directory: string,
  edited: readonly PolicyFile[],
): readonly ChangeJson[] | undefined {
  try {
    const policy = loadPolicy({ model: readPolicyDirectory(directory).model, rows: edited });
    const after: DiffSide = { policy, rows: parsePolicy(edited).rows };
    return changesJson(diffPolicies(before, after, scopeOfEdit(before, after)));
  } catch (error) {
    if (error instanceof PolicyError) return undefined;
    throw error;
  }
}

function changesJson({ access, addresses }: PolicyDiff): readonly ChangeJson[] {
  return [
    ...access.map(accessChange),
    ...addresses.map(
      ({ kind, row, widens }): ChangeJson => ({
        subject: "sign-up",
        target: row,
        before: kind === "added" ? "" : "row",
        after: kind === "added" ? "row" : "",
        effect: widens ? "gains" : "loses",
      }),
    ),
  ];
}

function accessChange(change: AccessChange): ChangeJson {
  const { subject, beside, apps, route, permission, before, after, widens, narrows } = change;
  return {
    subject: [
      subject,
      ...(beside.length === 0 ? [] : [`beside ${beside.join(" or ")}`]),
      ...(apps.length === 0 ? [] : [`through ${apps.join(" or ")}`]),
    ].join(" "),
    target: route ?? permission ?? "",
    before: describeAccess(before),
    after: describeAccess(after),
    effect: widens === narrows ? "changes" : widens ? "gains" : "loses",
  };
}
