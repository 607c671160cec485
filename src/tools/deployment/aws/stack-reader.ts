import { lazyConnection } from "../../../lambda/lazy-connection.ts";
import type { DeployedResource, DeployedStack } from "../deployed-stage.ts";
import { callAws, clientSettings, findInAws } from "./call.ts";

export interface StackReader {
  /** Undefined if there is no such stack. */
  stack(name: string): Promise<DeployedStack | undefined>;
  /** By logical name, without deleted ones. */
  resources(name: string): Promise<ReadonlyMap<string, DeployedResource>>;
  /** The deployed template, as text. */
  template(name: string): Promise<string>;
}

/** Reads stacks with the AWS SDK. Every call throws CommandError. */
export function createStackReader(region: string): StackReader {
  const connect = lazyConnection(() => connectTo(region));
  return {
    async stack(name) {
      const { sdk, client } = await connect();
      const found = await findInAws("cloudformation:DescribeStacks", () =>
        client.send(new sdk.DescribeStacksCommand({ StackName: name })),
      );
      const stack = found?.Stacks?.[0];
      if (stack?.StackId === undefined || stack.StackStatus === "DELETE_COMPLETE") return undefined;
      return {
        name,
        id: stack.StackId,
        status: stack.StackStatus ?? "",
        statusReason: stack.StackStatusReason === "" ? undefined : stack.StackStatusReason,
        outputs: new Map((stack.Outputs ?? []).map((one) => [one.OutputKey ?? "", one.OutputValue ?? ""])),
      };
    },

    async resources(name) {
      const { sdk, client } = await connect();
      const resources = new Map<string, DeployedResource>();
      await callAws("cloudformation:ListStackResources", async () => {
        for await (const page of sdk.paginateListStackResources({ client }, { StackName: name })) {
          for (const one of page.StackResourceSummaries ?? []) {
            const id = one.LogicalResourceId ?? "";
            const status = one.ResourceStatus ?? "";
            if (status === "DELETE_COMPLETE") continue;
            const physicalId = one.PhysicalResourceId ?? "";
            resources.set(id, { id, type: one.ResourceType ?? "", physicalId, status });
          }
        }
      });
      return resources;
    },

    async template(name) {
      const { sdk, client } = await connect();
      const { TemplateBody = "" } = await callAws("cloudformation:GetTemplate", () =>
        client.send(new sdk.GetTemplateCommand({ StackName: name, TemplateStage: "Original" })),
      );
      return TemplateBody;
    },
  };
}

async function connectTo(region: string) {
  const sdk = await import("@aws-sdk/client-cloudformation");
  return { sdk, client: new sdk.CloudFormationClient(clientSettings(region)) };
}

/** Whether credentials can be found; nothing is called with them. */
export async function hasCredentials(region: string): Promise<boolean> {
  const { client } = await connectTo(region);
  try {
    await client.config.credentials();
    return true;
  } catch (error) {
    const none = error instanceof Error && /could not load credentials from any/i.test(error.message);
    // A named profile that does not work is a mistake of the user: the first call reports it.
    return !none;
  }
}
