import { scopeOfEdit } from "../../access/edit-scope.ts";
import type { AddressChange } from "../../access/proof/address-changes.ts";
import { type PolicyProof, provePolicies } from "../../access/proof/proof.ts";
import type { Answer, Asked, Direction, Witness } from "../../access/proof/witness.ts";
import type { CommonOptions } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { type PolicyOptions, policiesOf } from "../terminal/policy-options.ts";
import { comparedGroups, comparedPolicies, sideOf } from "./compared-policy.ts";
import { changedGroups } from "./group-changes.ts";
import type { ProveJson, WitnessJson } from "./judge-contract.ts";
import { printBrokenBase } from "./print-diff.ts";
import { printProof, type ShownProof } from "./print-proof.ts";

export interface ProveArguments extends CommonOptions, PolicyOptions {
  readonly failOn: "any" | "widening";
}

/** `claimgate prove BASE [HEAD]`. @throws CommandError; PolicyError if the policy of HEAD is not valid */
export function runProve(
  context: Context,
  base: string,
  head: string | undefined,
  options: ProveArguments,
): Promise<ExitCode> {
  const { output } = context;
  const compared = comparedPolicies(context, options, base, head);
  const after = sideOf(compared.after);
  if ("findings" in compared.before) {
    const { findings } = compared.before;
    if (options.format === "json") {
      const baseFindings = findings.map(({ suggestions: _, guide: __, ...finding }) => finding);
      output.json({
        ...NOTHING,
        before: null,
        after: after.policy.version,
        baseFindings,
      } satisfies ProveJson);
    } else printBrokenBase(output.screen, base, findings, compared.after.rows.length);
    return Promise.resolve(EXIT.no);
  }
  const before = sideOf(compared.before);
  const own = policiesOf(context, options);
  const groups = changedGroups(comparedGroups(context, own, base), comparedGroups(context, own, head));
  const proof = withGroups(
    provePolicies(before.policy, after.policy, undefined, scopeOfEdit(before, after)),
    groups,
  );
  if (options.format === "json") {
    const versions = { before: before.policy.version, after: after.policy.version };
    output.json({ ...jsonOf(proof), ...versions, baseFindings: [] } satisfies ProveJson);
  } else printProof(output.screen, proof, { base, head: head ?? options.policies });
  const accepted =
    options.failOn === "any" ? ["equal"] : (["equal", "narrower"] as readonly PolicyProof["verdict"][]);
  return Promise.resolve(accepted.includes(proof.verdict) ? EXIT.ok : EXIT.no);
}

/** What IAM roles may do in AWS is not compared, so nothing is proven where a group has another one. */
function withGroups(proof: PolicyProof, groups: readonly string[]): ShownProof {
  if (groups.length === 0) return { ...proof, groups };
  const verdict = proof.verdict === "different" ? proof.verdict : "not-proven";
  return { ...proof, verdict, groups };
}

const NOTHING = {
  verdict: "not-proven",
  wider: null,
  narrower: null,
  addresses: [],
  directories: { wider: [], narrower: [] },
  groups: [],
  unproven: ["the policy of BASE does not load"],
} as const;

function jsonOf({
  verdict,
  wider,
  narrower,
  addresses,
  directories,
  groups,
  unproven,
}: ShownProof): Omit<ProveJson, "before" | "after" | "baseFindings"> {
  return {
    verdict,
    wider: witnessOf(wider),
    narrower: witnessOf(narrower),
    addresses: [...addresses].map(([, change]: [Direction, AddressChange]) => change),
    directories,
    groups,
    unproven,
  };
}

function witnessOf(witness: Witness | undefined): WitnessJson | null {
  if (witness === undefined) return null;
  const { token, asked, before, after } = witness;
  return {
    token:
      token.kind === undefined
        ? null
        : {
            subjects: [token.kind, ...token.subjects],
            client: token.app === undefined ? null : token.app.client,
            scopes: token.app?.scopes ?? [],
            claims: token.claims,
            missingClaims: token.missingClaims,
            signedInSecondsAgo: typeof token.signedIn === "number" ? token.signedIn : null,
          },
    ...askedOf(asked),
    before: answerOf(before),
    after: answerOf(after),
  };
}

function askedOf(asked: Asked): Pick<WitnessJson, "request" | "permission" | "parameters"> {
  switch (asked.kind) {
    case "request": {
      const { method, path, behind, before, after } = asked;
      const routes = { behind: behind ?? null, decidedBefore: before ?? null, decidedAfter: after ?? null };
      return { request: { method, path, ...routes }, permission: null, parameters: {} };
    }
    case "route": {
      const routes = { behind: null, decidedBefore: asked.route, decidedAfter: asked.route };
      return {
        request: { method: null, path: asked.route, ...routes },
        permission: null,
        parameters: asked.parameters,
      };
    }
    case "permission":
      return { request: null, permission: asked.permission, parameters: asked.parameters };
  }
}

function answerOf({ effect, isPublic, determining }: Answer): WitnessJson["before"] {
  return { effect, public: isPublic, rows: determining.map(({ file, line, row }) => ({ file, line, row })) };
}
