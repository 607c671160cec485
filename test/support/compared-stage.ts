import type { JsonObject } from "../../src/json.ts";
import { readTemplate } from "../../src/tools/cloudformation/template.ts";
import { type BothSides, bothSides } from "../../src/tools/deployment/both-sides.ts";
import type { Comparison } from "../../src/tools/deployment/comparison.ts";
import type { DeployedPool, Deployment } from "../../src/tools/deployment/deployed-stage.ts";

export const POOL_ID = "eu-west-1_AbCdEfGhI";

/** A deployment of functions with these variables, by their logical ids, and a pool. */
export function deploymentOf(
  functions: Readonly<Record<string, JsonObject>>,
  pool: Partial<DeployedPool> = {},
): Deployment {
  const name = "claimgate-dev";
  const where = { partition: "aws", region: "eu-west-1", accountId: "111122223333" };
  const none = { read: true, value: [] } as const;
  return {
    where,
    stack: {
      name,
      id: `arn:aws:cloudformation:eu-west-1:111122223333:stack/${name}/1`,
      status: "UPDATE_COMPLETE",
      statusReason: undefined,
      outputs: new Map(),
    },
    resources: new Map(),
    template: { read: false, why: "not asked" },
    userPoolId: POOL_ID,
    pool: {
      read: true,
      value: {
        settings: {},
        mfa: { read: true, value: {} },
        groups: none,
        clients: none,
        replicas: none,
        resourceServers: none,
        identityProviders: none,
        ...pool,
      },
    },
    functions: new Map(
      Object.entries(functions).map(([id, Variables]) => [
        id,
        { read: true, value: { configuration: { Environment: { Variables } } } },
      ]),
    ),
    invokePolicies: new Map(),
    apis: new Map(),
  };
}

/** A deployment next to a checkout whose template is empty. */
export function comparedStage(...deployed: Parameters<typeof deploymentOf>): BothSides {
  const packaged = {
    template: readTemplate({ Resources: {} }),
    artefacts: new Map(),
    groups: new Set<string>(),
    publicRoutes: new Set<string>(),
  };
  return bothSides("dev", packaged, deploymentOf(...deployed));
}

/** Each comparison as `status id subject`. */
export function shortComparisons(comparisons: readonly Comparison[]): readonly string[] {
  return comparisons.map(({ status, id, subject }) => `${status} ${id} ${subject}`.trim());
}
