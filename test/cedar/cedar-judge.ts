import { setFlagsFromString } from "node:v8";
import {
  type AuthorizationCall,
  isAuthorized,
  policySetTextToParts,
  policyToJson,
  preparsePolicySet,
  preparseSchema,
  type Schema,
  type StatefulAuthorizationCall,
  statefulIsAuthorized,
  validate,
} from "@cedar-policy/cedar-wasm/nodejs";
import { cedarRequest } from "../../src/policy/cedar-request.ts";
import { decide, decidePermission } from "../../src/policy/decide.ts";
import type { Policy } from "../../src/policy/policy.ts";
import type { CedarPolicy } from "../../src/tools/export/cedar/cedar-policies.ts";
import { cedarReadme } from "../../src/tools/export/cedar/cedar-readme.ts";
import type { CedarExport } from "../../src/tools/export/cedar/export-cedar.ts";
import type { Case } from "../support/every-case.ts";

// Node 20 crashes where it has inlined a call to WebAssembly and falls back from optimized code.
if (process.versions.node.startsWith("20.")) setFlagsFromString("--no-turbo-inline-js-wasm-calls");

/** A case that both decide otherwise, or by other rows. */
export interface Difference {
  readonly asked: Case;
  readonly claimgate: Verdict;
  readonly cedar: Verdict;
}

interface Verdict {
  readonly effect: "allow" | "deny";
  /** The places of the rows, sorted. */
  readonly rows: readonly string[];
  /** What went wrong in policies, which are then skipped. */
  readonly errors: readonly string[];
}

/**
 * What is wrong with the schema, with policies by it in strict mode, and with the request that the README shows; empty if
 * nothing is.
 */
export function complaintsAbout(exported: CedarExport): readonly string[] {
  const { policies } = exported;
  const schema = schemaOf(exported.schema);
  const staticPolicies = textsOf(policies);
  const answer = validate({ schema, policies: { staticPolicies } });
  if (answer.type === "failure") return answer.errors.map(({ message }) => message);
  const said = [...answer.validationErrors, ...answer.validationWarnings];
  const [, example = ""] = cedarReadme(exported)
    .split("```")
    .map((part) => part.replace(/^json/, ""));
  const call = { ...(JSON.parse(example) as AuthorizationCall), policies: { staticPolicies }, schema };
  const shown = isAuthorized({ ...call, validateRequest: true });
  return [
    ...said.map(({ policyId, error }) => `${policyId}: ${error.message}`),
    ...(shown.type === "failure" ? shown.errors.map(({ message }) => `README.md: ${message}`) : []),
  ];
}

/** The rows that each policy names, as Cedar reads its annotations; a text must be one policy. */
export function annotatedRows(policies: readonly CedarPolicy[]): readonly (readonly string[])[] {
  return policies.map(({ id, text }) => {
    const parts = policySetTextToParts(text);
    if (parts.type === "failure" || parts.policies.length !== 1 || parts.policy_templates.length > 0)
      throw new Error(`not one policy: ${text}`);
    const parsed = policyToJson(text);
    if (parsed.type === "failure") throw new Error(`no policy: ${text}`);
    const { id: written, row, app } = parsed.json.annotations ?? {};
    if (written !== id || row === undefined) throw new Error(`other annotations: ${text}`);
    return app === undefined ? [row] : [row, app];
  });
}

/** Compares Cedar on an export with the engine on the policy. */
export class CedarJudge {
  readonly #policy: Policy;
  readonly #exported: CedarExport;
  readonly #rows: ReadonlyMap<string, readonly string[]>;
  #asked = 0;

  constructor(policy: Policy, exported: CedarExport) {
    this.#policy = policy;
    this.#exported = exported;
    this.#rows = new Map(
      exported.policies.map(({ id, rows }) => [id, rows.map(({ file, line }) => `${file}:${line}`)]),
    );
    const staticPolicies = textsOf(exported.policies);
    for (const read of [
      preparseSchema("schema", schemaOf(exported.schema)),
      preparsePolicySet("policies", { staticPolicies }),
    ]) {
      if (read.type === "failure") throw new Error(JSON.stringify(read.errors));
    }
  }

  /** The engine's effect, and the difference; undefined if both decide alike. */
  compare(asked: Case): {
    readonly effect: "allow" | "deny";
    readonly difference: Difference | undefined;
  } {
    const [claimgate, cedar] = [this.#ofClaimgate(asked), this.#ofCedar(asked)];
    const isSame = JSON.stringify(claimgate) === JSON.stringify(cedar);
    return { effect: claimgate.effect, difference: isSame ? undefined : { asked, claimgate, cedar } };
  }

  #ofClaimgate(asked: Case): Verdict {
    const { effect, determining } =
      "permission" in asked ? decidePermission(this.#policy, asked) : decide(this.#policy, asked);
    return { effect, rows: determining.map(({ file, line }) => `${file}:${line}`).sort(), errors: [] };
  }

  #ofCedar(asked: Case): Verdict {
    this.#asked += 1;
    const request = cedarRequest(this.#exported.shape, asked);
    if (request === undefined) return { effect: "deny", rows: [], errors: [] };
    const answer = statefulIsAuthorized({
      principal: request.principal,
      action: request.action,
      resource: request.resource,
      context: request.context as StatefulAuthorizationCall["context"],
      entities: request.entities as unknown as StatefulAuthorizationCall["entities"],
      preparsedSchemaName: "schema",
      // It takes three times as long as the answer.
      validateRequest: this.#asked % 8 === 1,
      preparsedPolicySetId: "policies",
    });
    if (answer.type === "failure")
      return { effect: "deny", rows: [], errors: answer.errors.map(({ message }) => message) };
    const { decision, diagnostics } = answer.response;
    const rows = new Set(diagnostics.reason.flatMap((id) => this.#rows.get(id) ?? [`no row: ${id}`]));
    return {
      effect: decision,
      rows: [...rows].sort(),
      errors: diagnostics.errors.map(({ error }) => error.message),
    };
  }
}

function textsOf(policies: readonly CedarPolicy[]): Record<string, string> {
  return Object.fromEntries(policies.map(({ id, text }) => [id, text]));
}

/** Their types have lists that may change. */
function schemaOf(schema: CedarExport["schema"]): Schema {
  return schema as unknown as Schema;
}
