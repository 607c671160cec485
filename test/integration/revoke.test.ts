import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { runClaimgate } from "../support/claimgate-command.ts";

// The real commands and the real SDK, over HTTP, against the answers that AWS documents for these calls.

interface Call {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const OUTPUTS = { UserPoolId: "us-east-1_Pool", WebClientId: "web-id", RevocationTable: "revocation-list" };
const state = { calls: [] as Call[], outputs: OUTPUTS as Record<string, string>, signOut: 200 };
const STOPS = { M: { "*": { M: { by: { S: "ada" }, at: { S: "2026-11-29" }, reason: { S: "x" } } } } };
const ANSWERS: Readonly<Record<string, object>> = {
  ListUsers: { Users: [{ Username: "alice" }] },
  GetItem: { Item: { key: { S: "emergency-stop" }, stops: STOPS } },
  UpdateItem: { Attributes: { key: { S: "emergency-stop" }, stops: STOPS } },
};
let server: Server;

function stackXml(): string {
  const outputs = Object.entries(state.outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>claimgate-dev</StackName><StackId>arn:aws:cloudformation:us-east-1:111122223333:stack/claimgate-dev/1</StackId><StackStatus>UPDATE_COMPLETE</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs>${outputs.join("")}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const target = request.headers["x-amz-target"];
      if (typeof target !== "string") {
        response.writeHead(200, { "content-type": "text/xml" }).end(stackXml());
        return;
      }
      const action = target.split(".").at(-1) ?? "";
      state.calls.push({ action, input: JSON.parse(body) as Call["input"] });
      const failed = action === "AdminUserGlobalSignOut" && state.signOut !== 200;
      response.writeHead(failed ? state.signOut : 200, { "content-type": "application/x-amz-json-1.1" });
      if (failed) response.end(JSON.stringify({ __type: "NotAuthorizedException", message: "no" }));
      else response.end(JSON.stringify(ANSWERS[action] ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  Object.assign(state, { calls: [], outputs: OUTPUTS, signOut: 200 });
});

const claimgate = (command: string, ...args: readonly string[]) =>
  runClaimgate([command, "--stage", "dev", "--format", "json", ...args], {
    env: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    },
  });

const revoke = (...args: readonly string[]) => claimgate("revoke", ...args);

const actions = () => state.calls.map(({ action }) => action);

describe("claimgate revoke", () => {
  test("revokes a user, stops the refresh, and revokes again what was refreshed meanwhile", async () => {
    const { code, stdout, stderr } = await revoke("--sub", "user-1");
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(JSON.parse(stdout)).toMatchObject({
      command: "revoke",
      outcome: "revoked",
      userPoolId: "us-east-1_Pool",
      table: "revocation-list",
      key: "sub#us-east-1_Pool#user-1",
      refreshStopped: true,
      notes: [],
    });
    expect(actions()).toEqual(["PutItem", "ListUsers", "AdminUserGlobalSignOut", "PutItem"]);
    expect(state.calls[0]?.input).toMatchObject({
      TableName: "revocation-list",
      Item: { key: { S: "sub#us-east-1_Pool#user-1" }, before: { N: expect.any(String) as string } },
    });
    expect(state.calls[2]?.input).toEqual({ UserPoolId: "us-east-1_Pool", Username: "alice" });
  });

  test("shows what it would do, and does nothing", async () => {
    const { code, stdout } = await revoke("--client", "web", "--dry-run");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: "planned", key: "client#us-east-1_Pool#web-id" });
    expect(actions()).toEqual([]);
  });

  test("says that the entry is in force where the sign-out failed, and exits with status 1", async () => {
    state.signOut = 400;
    const { code, stdout } = await revoke("--sub", "user-1");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        code: "aws_access_denied",
        message: expect.stringMatching(/are revoked, but the refresh tokens are not/) as string,
      },
    });
    expect(actions()).toEqual(["PutItem", "ListUsers", "AdminUserGlobalSignOut"]);
  });

  test("revokes one sign-in for as long as its refresh token may live", async () => {
    const { code, stdout } = await revoke("--token-id", "origin-1");
    expect(code).toBe(0);
    const { before, forgottenAt } = JSON.parse(stdout) as { before: null; forgottenAt: string };
    expect(before).toBeNull();
    // RefreshTokenValidity of WebClient is 7 days.
    expect(Date.parse(forgottenAt) - Date.now()).toBeGreaterThan(8 * 86_400_000);
  });

  test("does not run where the stage keeps no revocation list, or nothing is named", async () => {
    state.outputs = { UserPoolId: "us-east-1_Pool" };
    const without = await revoke("--sub", "user-1");
    expect(without.code).toBe(1);
    expect(JSON.parse(without.stdout)).toMatchObject({ error: { code: "revocation_list_missing" } });
    state.outputs = OUTPUTS;
    const nothing = await revoke();
    expect(nothing.code).toBe(1);
    expect(JSON.parse(nothing.stdout)).toMatchObject({ error: { code: "command_usage" } });
  });
});

describe("claimgate stop", () => {
  test("writes into the revocation list of the stage", async () => {
    const { code, stdout } = await claimgate("stop", "--all", "--reason", "x", "--by", "ada");
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as object;
    expect(report).toMatchObject({
      outcome: "stopped",
      stack: "claimgate-dev",
      stopped: [{ permission: "*" }],
    });
    expect(actions()).toEqual(["UpdateItem", "UpdateItem"]);
    expect(state.calls[0]?.input).toMatchObject({
      TableName: "revocation-list",
      Key: { key: { S: "emergency-stop" } },
    });
  });

  test("refuses what is not a permission pattern", async () => {
    const { code, stderr, stdout } = await claimgate("stop", "--permission", "*:*", "--reason", "x");
    expect(code).toBe(1);
    expect(stdout + stderr).toMatch(/expected resource:action, resource:\*, \*:action or \*/);
    expect(actions()).toEqual([]);
  });

  test("and `claimgate resume` is the way back", async () => {
    const { code } = await claimgate("resume", "--all");
    expect(code).toBe(0);
    expect(actions()).toEqual(["GetItem", "UpdateItem"]);
  });
});
