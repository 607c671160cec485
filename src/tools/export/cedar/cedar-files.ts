import type { CedarPolicy } from "./cedar-policies.ts";
import { cedarReadme } from "./cedar-readme.ts";
import type { CedarExport } from "./export-cedar.ts";

/** The files of an export: their names in its directory, and their texts. */
export type CedarFiles = ReadonlyMap<string, string>;

const SCHEMA_FILE = "cedarschema.json";
export const SHAPE_FILE = "request.json";
const README_FILE = "README.md";
const POLICIES = "policies";

/** Whether an export may have a file of that name. */
export function isCedarFile(name: string): boolean {
  return [SCHEMA_FILE, SHAPE_FILE, README_FILE].includes(name) || /^policies\/[^/]+\.cedar$/.test(name);
}

export function cedarFiles(exported: CedarExport): CedarFiles {
  const names = policyFiles(exported.policies);
  return new Map([
    [README_FILE, cedarReadme(exported)],
    [SCHEMA_FILE, `${JSON.stringify(exported.schema, null, 2)}\n`],
    [SHAPE_FILE, `${JSON.stringify(exported.shape, null, 2)}\n`],
    ...exported.policies.map((one): [string, string] => [names.get(one) ?? "", one.text]),
  ]);
}

/** A name for each policy, after its rows: `policies/roles.csv-12.cedar`. No two are one on any file system. */
export function policyFiles(policies: readonly CedarPolicy[]): ReadonlyMap<CedarPolicy, string> {
  const taken = new Set<string>();
  return new Map(
    policies.map((one) => {
      const places = one.rows.map(({ file, line }) => `${file.split("/").at(-1) ?? ""}-${line}`);
      const name = `${places.join("+")}${one.part.replaceAll(/[#.]/g, "-")}`
        .replaceAll(/[^A-Za-z0-9.+_-]/g, "_")
        // A long name of a file, or one that begins with a dot, is not for every file system.
        .replace(/^\.*/, "")
        .slice(-150);
      let free = name;
      for (let next = 2; taken.has(free.toLowerCase()); next += 1) free = `${name}~${next}`;
      taken.add(free.toLowerCase());
      return [one, `${POLICIES}/${free}.cedar`] as const;
    }),
  );
}
