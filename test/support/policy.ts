import { readFileSync } from "node:fs";
import { loadPolicy } from "../../src/policy/load.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { readPolicyDirectory } from "../../src/tools/machine/policy-files.ts";

/** The model as it is shipped. */
export const MODEL = { path: "policies/model.conf", text: readFileSync("policies/model.conf", "utf8") };

/** A policy from CSV text; a row that grants nothing of interest is added where there is no `p` row. */
export function policyFrom(csvText: string): Policy {
  const text = /^\s*p,/m.test(csvText) ? csvText : `${csvText}\np, role:filler, filler:read, allow\n`;
  return loadPolicy({ model: MODEL, rows: [{ path: "policies/test.csv", text }] });
}

/** The policy of policies/. */
export function samplePolicy(): Policy {
  return loadPolicy(readPolicyDirectory("policies"));
}
