import type { JsonObject } from "../../json.ts";
import { resourcesOf } from "../cloudformation/template.ts";
import { CommandError } from "../machine/command-error.ts";
import { arnParts } from "./arn.ts";
import { authorizerFunction } from "./authorizer-comparisons.ts";
import { fewAtATime } from "./aws/call.ts";
import { createFunctionReader, type FunctionReader } from "./aws/function-reader.ts";
import { createGatewayReader, type GatewayReader } from "./aws/gateway-reader.ts";
import { createStackReader } from "./aws/stack-reader.ts";
import { createUserPoolEditor, type UserPoolReader } from "./aws/user-pool.ts";
import { type BothSides, bothSides } from "./both-sides.ts";
import type {
  DeployedApi,
  DeployedFunction,
  DeployedPool,
  DeployedResource,
  DeployedStack,
  Deployment,
  Packaged,
  Reading,
} from "./deployed-stage.ts";
import { triggerFunctions } from "./trigger-comparisons.ts";

/** The stage, and what would be deployed of it. */
export interface ComparedStage {
  readonly stage: string;
  readonly region: string;
  readonly stackName: string;
  readonly packaged: Packaged;
}

/**
 * Reads everything that is deployed of a stage.
 *
 * @returns undefined if there is no such stack
 * @throws CommandError if nothing can be read: credentials that are not accepted, no network
 */
export async function readDeployment(target: ComparedStage): Promise<BothSides | undefined> {
  const { region, stackName, packaged, stage } = target;
  const stacks = createStackReader(region);
  const stack = await stacks.stack(stackName);
  if (stack === undefined) return undefined;
  const resources = await stacks.resources(stackName);
  const template = await reading(async () => parsed(await stacks.template(stackName)));
  const userPoolId = userPoolOf(stack, resources);
  const functions = createFunctionReader(region);
  const base: Deployment = {
    where: arnParts(stack.id),
    stack,
    resources,
    template,
    userPoolId,
    pool: await reading(() => readPool(createUserPoolEditor(region), userPoolId)),
    functions: await readFunctions(functions, packaged, resources),
    apis: await readApis(createGatewayReader(region), resources),
    invokePolicies: new Map(),
  };
  const sides = bothSides(stage, packaged, base);
  return bothSides(stage, packaged, {
    ...base,
    invokePolicies: await readInvokePolicies(functions, sides),
  });
}

const UNREADABLE = new Set(["aws_access_denied", "aws_call_failed"]);

/** Errors of one call after which the other calls still make sense. */
async function reading<T>(read: () => Promise<T>): Promise<Reading<T>> {
  try {
    return { read: true, value: await read() };
  } catch (error) {
    if (!(error instanceof CommandError) || !UNREADABLE.has(error.code)) throw error;
    return { read: false, why: error.message };
  }
}

/** The framework never deploys a template that is not JSON; such a template differs entirely. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CommandError("aws_call_failed", "the deployed template is not JSON", { cause });
  }
}

/** The pool of the stack, or the one in its outputs. */
function userPoolOf(
  stack: DeployedStack,
  resources: ReadonlyMap<string, DeployedResource>,
): string | undefined {
  const own = [...resources.values()].find(({ type }) => type === "AWS::Cognito::UserPool");
  return own?.physicalId ?? stack.outputs.get("UserPoolId");
}

async function readPool(
  reader: UserPoolReader,
  userPoolId: string | undefined,
): Promise<DeployedPool | undefined> {
  const settings = userPoolId === undefined ? undefined : await reader.describe(userPoolId);
  if (userPoolId === undefined || settings === undefined) return undefined;
  return {
    settings,
    mfa: await reading(() => reader.mfa(userPoolId)),
    groups: await reading(() => reader.groups(userPoolId)),
    clients: await reading(() => reader.clients(userPoolId)),
    replicas: await reading(() => reader.replicas(userPoolId)),
    resourceServers: await reading(() => reader.resourceServers(userPoolId)),
    identityProviders: await reading(() => reader.identityProviders(userPoolId)),
  };
}

async function readFunctions(
  reader: FunctionReader,
  { template }: Packaged,
  resources: ReadonlyMap<string, DeployedResource>,
): Promise<ReadonlyMap<string, Reading<DeployedFunction | undefined>>> {
  const deployed = resourcesOf(template, "AWS::Lambda::Function").filter(({ id }) => resources.has(id));
  const readings = await fewAtATime(deployed, async ({ id }) => {
    const name = resources.get(id)?.physicalId ?? "";
    return [id, await reading(() => readFunction(reader, name))] as const;
  });
  return new Map(readings);
}

async function readFunction(reader: FunctionReader, name: string): Promise<DeployedFunction | undefined> {
  const configuration = await reader.configuration(name);
  return configuration === undefined ? undefined : { configuration };
}

const APIS = new Set(["AWS::ApiGatewayV2::Api", "AWS::ApiGateway::RestApi"]);

async function readApis(
  reader: GatewayReader,
  resources: ReadonlyMap<string, DeployedResource>,
): Promise<ReadonlyMap<string, Reading<DeployedApi>>> {
  const apis = [...resources.values()].filter(({ type }) => APIS.has(type));
  const readings = apis.map(async ({ id, type, physicalId }) => {
    const read = () =>
      type === "AWS::ApiGateway::RestApi" ? reader.restApi(physicalId) : reader.httpApi(physicalId);
    return [id, await reading(read)] as const;
  });
  return new Map(await Promise.all(readings));
}

async function readInvokePolicies(
  reader: FunctionReader,
  sides: BothSides,
): Promise<ReadonlyMap<string, Reading<JsonObject>>> {
  const authorizers = resourcesOf(
    sides.packaged.template,
    "AWS::ApiGateway::Authorizer",
    "AWS::ApiGatewayV2::Authorizer",
  );
  const arns = [
    ...triggerFunctions(sides),
    ...authorizers.flatMap((authorizer) => authorizerFunction(sides, authorizer) ?? []),
  ];
  const readings = await fewAtATime([...new Set(arns)], async (arn) => {
    return [arn, await reading(() => reader.policy(arn))] as const;
  });
  return new Map(readings);
}
