import { type ClaimAtom, isLiteral } from "../../../policy/condition.ts";
import type { Suggestion } from "../../../policy/finding.ts";
import type { Service } from "../../service/service.ts";
import { comparisonWith } from "../fixes/edits.ts";
import type { LikelyNames } from "../names/likely-names.ts";
import type { PlacedAtom } from "./comparisons.ts";

/**
 * Whether all claims of access tokens are known. If the trigger of a user pool in another stack is there, its copied
 * claims are not.
 */
export function knowsCopiedClaims(service: Service | undefined): service is Service {
  return service !== undefined && (service.copiedClaims.size > 0 || service.groups !== undefined);
}

/** What was probably meant instead of an unknown claim: a known one that it misspells, or the quoted literal. */
export function likelyOperands(
  placed: PlacedAtom<ClaimAtom>,
  likely: LikelyNames,
  claims: readonly string[],
): readonly Suggestion[] {
  const { claim, parameter, negated } = placed.atom;
  const misspelled = likely.name(claim, claims);
  const meant = (text: string, edit: Suggestion["edits"][number]) => ({ meant: text, edits: [edit] });
  if (misspelled !== undefined) {
    return [meant(misspelled, comparisonWith(placed, { parameter, negated, claim: misspelled }))];
  }
  // `{tenantId}=tenant_id` compares with a claim, whoever adds it.
  if (!isLiteral(claim) || plain(claim).includes(plain(parameter))) return [];
  return [meant(`'${claim}'`, comparisonWith(placed, { parameter, negated, literal: claim }))];
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
