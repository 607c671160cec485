import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createUserPoolEditor } from "../../../../../src/tools/deployment/aws/user-pool.ts";

// The real SDK, over HTTP, against the answers that AWS documents for these calls.

type Answer = (input: Readonly<Record<string, unknown>>) => object;

const POOL_ID = "eu-west-1_AbCdEfGhI";
const before = { ...process.env };
let answers: Readonly<Record<string, Answer>> = {};
const server: Server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const action = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
    const body = answers[action]?.(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>);
    response.writeHead(body !== undefined && !("__type" in body) ? 200 : 400, {
      "content-type": "application/x-amz-json-1.1",
    });
    response.end(JSON.stringify(body ?? { __type: "UnknownOperationException" }));
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
});
afterAll(async () => {
  process.env = before;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const replica = (RegionName: string, Role = "SECONDARY", Status = "ACTIVE") => ({ RegionName, Role, Status });
const NOT_ENABLED = { __type: "OperationNotEnabledException", message: "not available" };

describe("the parts of a pool that its settings leave out", () => {
  it("has the regions of replicas from all pages, without the primary one and one that is being deleted", async () => {
    answers = {
      ListUserPoolReplicas: ({ NextToken }) =>
        NextToken === undefined
          ? { UserPoolReplicas: [replica("eu-west-1", "PRIMARY"), replica("eu-central-1")], NextToken: "2" }
          : {
              UserPoolReplicas: [
                replica("eu-west-3", "SECONDARY", "INACTIVE"),
                replica("eu-north-1", "SECONDARY", "DELETING"),
              ],
            },
    };
    expect(await createUserPoolEditor("eu-west-1").replicas(POOL_ID)).toEqual(["eu-central-1", "eu-west-3"]);
  });

  it("has no replicas where the pool cannot have any, and is unknown to a replica", async () => {
    answers = { ListUserPoolReplicas: () => NOT_ENABLED };
    expect(await createUserPoolEditor("eu-west-1").replicas(POOL_ID)).toEqual([]);
    await expect(createUserPoolEditor("eu-central-1").replicas(POOL_ID)).rejects.toThrow(
      /ListUserPoolReplicas/,
    );
  });

  it("has the attribute mapping of each identity provider, and not the secret in its details", async () => {
    answers = {
      ListIdentityProviders: () => ({ Providers: [{ ProviderName: "Okta" }] }),
      DescribeIdentityProvider: ({ ProviderName }) => ({
        IdentityProvider: {
          ProviderName,
          ProviderType: "OIDC",
          ProviderDetails: { client_secret: "hidden" },
          AttributeMapping: { email: "email" },
        },
      }),
    };
    expect(await createUserPoolEditor("eu-west-1").identityProviders(POOL_ID)).toEqual([
      { ProviderName: "Okta", ProviderType: "OIDC", AttributeMapping: { email: "email" } },
    ]);
  });

  it("has its resource servers", async () => {
    answers = { ListResourceServers: () => ({ ResourceServers: [{ Identifier: "orders-api" }] }) };
    const servers = await createUserPoolEditor("eu-west-1").resourceServers(POOL_ID);
    expect(servers).toEqual([{ Identifier: "orders-api" }]);
  });

  it("is not read from an answer that AWS does not give", async () => {
    answers = {
      ListResourceServers: () => ({}),
      ListIdentityProviders: () => ({}),
      ListUserPoolReplicas: () => ({}),
    };
    const pool = createUserPoolEditor("eu-west-1");
    for (const read of [pool.resourceServers, pool.identityProviders, pool.replicas]) {
      await expect(read(POOL_ID)).rejects.toThrow(/answered without/);
    }
  });
});
