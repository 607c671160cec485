import { DescribeStackResourcesCommand, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { clients } from "./clients.ts";

/** A deployed stack: what it gave out, and the physical id of each resource. */
export interface DeployedStack {
  readonly name: string;
  /** The value of an output. @throws Error where there is no such output */
  output(name: string): string;
  /** The physical id by logical id. @throws Error where there is no such resource */
  physicalId(logicalId: string): string;
  readonly resources: readonly { readonly logicalId: string; readonly type: string }[];
}

/** @throws Error where there is no such stack */
export async function deployedStack(stage: string): Promise<DeployedStack> {
  const name = `claimgate-${stage}`;
  const client = clients.cloudFormation();
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: name }));
  const outputs = new Map(Stacks[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  const ids = new Map(StackResources.map((r) => [r.LogicalResourceId, r.PhysicalResourceId]));
  return {
    name,
    output: (key) => outputs.get(key) ?? missing(`output \`${key}\``, name),
    physicalId: (key) => ids.get(key) ?? missing(`resource \`${key}\``, name),
    resources: StackResources.map((r) => ({
      logicalId: r.LogicalResourceId ?? "",
      type: r.ResourceType ?? "",
    })),
  };
}

function missing(what: string, stack: string): never {
  throw new Error(`the stack ${stack} has no ${what}`);
}
