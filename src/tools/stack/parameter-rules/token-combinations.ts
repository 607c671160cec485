import { ConfigurationError } from "../../../errors.ts";
import { FURTHER_POOLS, furtherPools } from "../../../lambda/further-pools.ts";
import { additionalIssuers } from "../../../lambda/issuers.ts";
import { createPoolAlias, type Issuer, knownIssuers } from "../../../token/issuer.ts";
import type { ParameterFault } from "../parameters.ts";
import { type CombinationRule, isOn, type Stage, valueIn } from "./parameter-combinations.ts";
import { faultOf } from "./trigger-combinations.ts";

/** Whose tokens are accepted, as the authorizers read it. */
export const TOKEN_COMBINATIONS: readonly CombinationRule[] = [issuers];

function* issuers(stage: Stage): Iterable<ParameterFault> {
  const poolAlias = valueIn(stage, "poolAlias");
  yield* faultOf("poolAlias", "CLAIMGATE_POOL_ALIAS", () => {
    createPoolAlias(poolAlias === "" ? undefined : poolAlias);
  });
  let others: readonly Issuer[];
  try {
    others = additionalIssuers(furtherPools({ [FURTHER_POOLS]: valueIn(stage, "additionalIssuers") }));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    yield* faultOf("additionalIssuers", FURTHER_POOLS, () => {
      throw error;
    });
    return;
  }
  if (others.length === 0) return;
  if (poolAlias === "") {
    const message =
      "parameter `additionalIssuers` needs `poolAlias`, without which a group of another pool could be taken for one of this pool; set both";
    yield { parameter: "poolAlias", message };
    return;
  }
  yield* faultOf("additionalIssuers", FURTHER_POOLS, () =>
    knownIssuers([ownIssuer(stage, poolAlias), ...others]),
  );
}

/** The pool of the stage. If the stack creates it, its id is not known yet and differs from all others. */
function ownIssuer(stage: Stage, poolAlias: string): Issuer {
  const id = valueIn(stage, "existingUserPoolId") || "us-east-1_claimgate";
  // Names of the stack's own app clients, as in serverless.yml.
  const names = isOn(stage, "machineClient") ? ["web", "reporting"] : ["web"];
  return { userPoolId: id, appClients: new Map(names.map((name) => [name, name])), poolAlias };
}
