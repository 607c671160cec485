import type { PolicyFile } from "../../../policy/compile.ts";
import { type GroupSettings, parseGroupsFile } from "../../lint/groups-file.ts";

/**
 * The groups whose IAM role or precedence differs, sorted: a token's credentials come from the role of the group with
 * the highest precedence. Their rights in AWS are not compared. `*` if one of the files has errors.
 */
export function changedGroups(
  before: PolicyFile | undefined,
  after: PolicyFile | undefined,
): readonly string[] {
  if (before?.text === after?.text) return [];
  const [was, is] = [settingsOf(before), settingsOf(after)];
  if (was === undefined || is === undefined) return ["*"];
  return [...new Set([...was.keys(), ...is.keys()])].filter((name) => was.get(name) !== is.get(name)).sort();
}

/** Name -> its relevant settings as a string; no entry for a group with neither. */
function settingsOf(file: PolicyFile | undefined): ReadonlyMap<string, string> | undefined {
  if (file === undefined) return new Map();
  const { groups, findings } = parseGroupsFile(file.path, file.text);
  if (groups === undefined || findings.length > 0) return undefined;
  const counting = groups.filter(({ role, precedence }) => role !== undefined || precedence !== undefined);
  return new Map(counting.map((group) => [group.name, spelled(group)]));
}

function spelled({ role, precedence }: GroupSettings): string {
  const texts = (list: readonly { readonly text: string }[]) => list.map(({ text }) => text).sort();
  const own =
    role?.kind === "generated"
      ? [texts(role.read), texts(role.write), role.signedIn]
      : [role === undefined ? null : role.text];
  return JSON.stringify([precedence?.number ?? null, own]);
}
