import { rehearsal } from "./rehearsal.ts";
import { type SignedCall, signedFetch } from "./signed-fetch.ts";

/** How to list everything of a kind, and where an answer has the names. */
interface Listing {
  readonly kind: string;
  readonly service: SignedCall["service"];
  /** A query string of the API that takes forms, a target of the API that takes JSON, or a path. */
  readonly form?: string;
  readonly target?: string;
  readonly path?: string;
  readonly body?: string;
  readonly names: RegExp;
}

const LISTINGS: readonly Listing[] = [
  {
    kind: "stack",
    service: "cloudformation",
    form: "Action=DescribeStacks&Version=2010-05-15",
    names: /<StackName>([^<]+)</g,
  },
  { kind: "role", service: "iam", form: "Action=ListRoles&Version=2010-05-08", names: /<RoleName>([^<]+)</g },
  { kind: "bucket", service: "s3", path: "/", names: /<Name>([^<]+)</g },
  {
    kind: "function",
    service: "lambda",
    path: "/2015-03-31/functions/",
    names: /"FunctionName": ?"([^"]+)"/g,
  },
  { kind: "REST API", service: "apigateway", path: "/restapis", names: /"name": ?"([^"]+)"/g },
  { kind: "HTTP API", service: "apigateway", path: "/v2/apis", names: /"name": ?"([^"]+)"/g },
  {
    kind: "log group",
    service: "logs",
    target: "Logs_20140328.DescribeLogGroups",
    names: /"logGroupName": ?"([^"]+)"/g,
  },
  {
    kind: "user pool",
    service: "cognito-idp",
    target: "AWSCognitoIdentityProviderService.ListUserPools",
    body: '{"MaxResults":60}',
    names: /"Name": ?"([^"]+)"/g,
  },
  {
    kind: "identity pool",
    service: "cognito-identity",
    target: "AWSCognitoIdentityService.ListIdentityPools",
    body: '{"MaxResults":60}',
    names: /"IdentityPoolName": ?"([^"]+)"/g,
  },
  {
    kind: "alarm",
    service: "monitoring",
    form: "Action=DescribeAlarms&Version=2010-08-01",
    names: /<AlarmName>([^<]+)</g,
  },
];

/** What there is of a stage in the account, as `kind name`: whatever has the service and the stage in its name. */
export async function inventory(stage: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const listing of LISTINGS) {
    const answer = await list(listing);
    const names = [...answer.matchAll(listing.names)].map(([, name = ""]) => name);
    found.push(...names.filter((name) => isOf(stage, name)).map((name) => `${listing.kind} ${name}`));
  }
  return found.sort();
}

/** The framework puts the stage behind the service in most names, and before it in those of APIs. */
function isOf(stage: string, name: string): boolean {
  return name.includes(`claimgate-${stage}`) || name.includes(`${stage}-claimgate`);
}

async function list({ kind, service, form, target, path = "/", body = "{}" }: Listing): Promise<string> {
  const url = new URL(path, rehearsal().emulator);
  const posted = {
    ...(form !== undefined && {
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: form,
    }),
    ...(target !== undefined && {
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
      body,
    }),
  };
  const method = form === undefined && target === undefined ? "GET" : "POST";
  const answer = await signedFetch({ service, method, url, ...posted });
  const content = await answer.text();
  if (!answer.ok) throw new Error(`the list of each ${kind}: ${answer.status} ${content}`);
  return content;
}
