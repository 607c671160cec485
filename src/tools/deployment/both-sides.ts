import type { Deployment, Packaged } from "./deployed-stage.ts";
import { createResolve, type Resolve } from "./resolve.ts";

/** The input of the comparisons of a deployment. They are pure functions of it. */
export interface BothSides {
  readonly packaged: Packaged;
  readonly deployment: Deployment;
  readonly resolve: Resolve;
  /** The fix if the deployment is older than the checkout, or was changed by hand. */
  readonly deploy: string;
  /** The fix if the triggers of the pool are wrong: CloudFormation does not detect such a change. */
  readonly attach: string;
}

export function bothSides(stage: string, packaged: Packaged, deployment: Deployment): BothSides {
  return {
    packaged,
    deployment,
    resolve: createResolve(packaged.template, deployment),
    deploy: `deploy the stage again: npx sls deploy --stage ${stage}`,
    attach: `claimgate attach --stage ${stage} --user-pool-id ${deployment.userPoolId}`,
  };
}
