import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { LOCAL_POOL } from "../../src/tools/cli/suspend/suspension-target.ts";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import { USUAL_PORTS } from "../../src/tools/local/ports.ts";
import { runClaimgate } from "../support/claimgate-command.ts";

// The real command and the real SDK, over HTTP, against the answers that AWS documents for these calls.

interface Call {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const SUB = "11111111-1111-4111-8111-000000000001";
const USER = {
  Username: "mallory",
  Enabled: true,
  UserStatus: "CONFIRMED",
  UserAttributes: [
    { Name: "sub", Value: SUB },
    { Name: "email", Value: "mallory@example.com" },
  ],
};
const OUTPUTS = { UserPoolId: "us-east-1_Pool", RevocationTable: "revocation-list" };

interface Failure {
  readonly __type: string;
  readonly message: string;
}
const PHONE = "+4915112345678";

const NO_USER = { __type: "UserNotFoundException", message: "User does not exist." };

const state = {
  calls: [] as Call[],
  outputs: OUTPUTS as Record<string, string>,
  failing: {} as Record<string, Failure>,
  sharing: [] as string[],
  /** AdminGetUser finds the user by these names only; by any if there are none. */
  known: [] as string[],
};
let server: Server;

function stackXml(): string {
  const outputs = Object.entries(state.outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>claimgate-dev</StackName><StackId>arn:aws:cloudformation:us-east-1:111122223333:stack/claimgate-dev/1</StackId><StackStatus>UPDATE_COMPLETE</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs>${outputs.join("")}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}

function answerTo(action: string, { Filter, Username: name }: Call["input"]): object {
  if (action === "AdminGetUser") {
    return state.known.length === 0 || state.known.includes(String(name)) ? USER : NO_USER;
  }
  if (action === "ListUsers") {
    const users = state.known.length === 0 || Filter === `phone_number = "${PHONE}"` ? ["mallory"] : [];
    return { Users: [...users, ...state.sharing].map((Username) => ({ Username })) };
  }
  return {};
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const target = request.headers["x-amz-target"];
      if (typeof target !== "string") {
        response.writeHead(200, { "content-type": "text/xml" }).end(stackXml());
        return;
      }
      const action = target.split(".").at(-1) ?? "";
      state.calls.push({ action, input: JSON.parse(Buffer.concat(chunks).toString()) as Call["input"] });
      const answer = state.failing[action] ?? answerTo(action, state.calls.at(-1)?.input ?? {});
      response.writeHead("__type" in answer ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  Object.assign(state, { calls: [], outputs: OUTPUTS, failing: {}, sharing: [], known: [] });
});

interface Report {
  readonly outcome: string;
  readonly steps: readonly { readonly step: string; readonly outcome: string; readonly detail: string }[];
  readonly notes: readonly string[];
  readonly error?: { readonly code: string };
}

/** The same steps without a stage, whose serverless.yml takes seconds to read; `revoke` is skipped there. */
const local = () => ["--local", address()];

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function claimgate(...args: readonly string[]) {
  const { code, stdout } = await runClaimgate([...args, "--format", "json"], {
    env: { AWS_ENDPOINT_URL: address(), AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
  });
  return { code, report: JSON.parse(stdout) as Report };
}

const actions = () =>
  state.calls.map(({ action }) => action).filter((name) => !/^(AdminGetUser|ListUsers)$/.test(name));
const outcomes = ({ steps }: Report) => Object.fromEntries(steps.map(({ step, outcome }) => [step, outcome]));
const DENIED = { __type: "NotAuthorizedException", message: "no" };

describe("claimgate suspend", () => {
  test("disables first, then signs out, revokes and adds to the group", async () => {
    const { code, report } = await claimgate("suspend", "mallory@example.com", "--stage", "dev");
    expect({ code, outcome: report.outcome }).toEqual({ code: 0, outcome: "suspended" });
    expect(report).toMatchObject({
      command: "suspend",
      stage: "dev",
      userName: "mallory",
      sub: SUB,
      notes: [],
    });
    // The entry, and after the group the secret, the address and the user name.
    expect(actions()).toEqual([
      ...["AdminDisableUser", "AdminUserGlobalSignOut", "PutItem", "AdminAddUserToGroup"],
      ...["PutItem", "PutItem", "PutItem"],
    ]);
    expect(state.calls.find(({ action }) => action === "PutItem")?.input).toMatchObject({
      TableName: "revocation-list",
      Item: { key: { S: `sub#us-east-1_Pool#${SUB}` } },
    });
    expect(state.calls.find(({ action }) => action === "AdminAddUserToGroup")?.input).toEqual({
      UserPoolId: "us-east-1_Pool",
      Username: "mallory",
      GroupName: "suspended",
    });
  });

  test("shows what it would do, and does nothing", async () => {
    const { code, report } = await claimgate("suspend", "mallory", ...local(), "--dry-run");
    expect({ code, outcome: report.outcome }).toEqual({ code: 0, outcome: "planned" });
    expect(report.steps.map(({ outcome }) => outcome)).toEqual([
      "planned",
      "planned",
      "skipped",
      "planned",
      "skipped",
    ]);
    expect(actions()).toEqual([]);
  });

  test("says loudly what it cannot do: no revocation list, no group", async () => {
    state.outputs = { UserPoolId: "us-east-1_Pool" };
    state.failing = {
      AdminAddUserToGroup: { __type: "ResourceNotFoundException", message: "Group not found." },
    };
    const { code, report } = await claimgate("suspend", "mallory", "--stage", "dev");
    expect({ code, outcome: report.outcome }).toEqual({ code: 0, outcome: "suspended" });
    expect(outcomes(report)).toEqual({
      disable: "done",
      "sign-out": "done",
      record: "skipped",
      revoke: "skipped",
      group: "skipped",
    });
    expect(report.steps[2]?.detail).toMatch(/stay valid until they expire/);
  });

  test("takes a group that is named and missing for a failure, and no other than the named one", async () => {
    state.failing = {
      AdminAddUserToGroup: { __type: "ResourceNotFoundException", message: "Group not found." },
    };
    const { code, report } = await claimgate("suspend", "mallory", ...local(), "--group", "blocked");
    expect({ code, outcome: report.outcome }).toEqual({ code: 1, outcome: "incomplete" });
    expect(report.steps[3]).toMatchObject({
      outcome: "failed",
      detail: expect.stringMatching(/blocked/) as string,
    });
  });

  test.each([
    ["AdminDisableUser", []],
    ["AdminUserGlobalSignOut", []],
    ["PutItem", ["--stage", "dev"]],
  ])(
    "a failure of %s keeps no other step from being taken, and is told with what was done",
    async (failing, stage) => {
      state.failing = { [failing]: DENIED };
      const { code, report } = await claimgate("suspend", "mallory", ...(stage.length > 0 ? stage : local()));
      expect({ code, outcome: report.outcome }).toEqual({ code: 1, outcome: "incomplete" });
      const put = stage.length > 0 ? ["PutItem"] : [];
      const steps = ["AdminDisableUser", "AdminUserGlobalSignOut", ...put, "AdminAddUserToGroup", ...put];
      expect(actions()).toEqual(steps);
      // The revocation list has the entry and the records.
      expect(report.steps.filter(({ outcome }) => outcome === "failed")).toHaveLength(1 + put.length);
      expect(report.steps.filter(({ outcome }) => outcome === "done")).toHaveLength(put.length > 0 ? 3 : 2);
    },
  );

  test("deletes the user last, with the address remembered", async () => {
    const { code, report } = await claimgate("suspend", "mallory", "--stage", "dev", "--delete");
    expect({ code, outcome: report.outcome }).toEqual({ code: 0, outcome: "suspended" });
    expect(actions().at(-1)).toBe("AdminDeleteUser");
    expect(JSON.stringify(state.calls.filter(({ action }) => action === "PutItem"))).not.toMatch(/mallory/i);
  });

  test("deletes nobody whose address is not remembered", async () => {
    state.failing = { PutItem: DENIED };
    const { code, report } = await claimgate("suspend", "mallory", "--stage", "dev", "--delete");
    expect({ code, last: report.steps.at(-1) }).toMatchObject({
      code: 1,
      last: { step: "delete", outcome: "not tried" },
    });
    state.calls.length = 0;
    const without = await claimgate("suspend", "mallory", ...local(), "--delete");
    expect({ code: without.code, error: without.report.error?.code }).toEqual({
      code: 1,
      error: "revocation_list_missing",
    });
    expect(state.calls).toEqual([]);
  });

  test("names other users with the same address, who are not suspended by it", async () => {
    state.sharing = ["google_42"];
    const { report } = await claimgate("suspend", "mallory", ...local());
    expect(report.notes).toEqual([expect.stringMatching(/google_42/)]);
  });

  test("finds a user who does not sign in with the phone number by it", async () => {
    state.known = ["mallory"];
    const { code, report } = await claimgate("suspend", PHONE, ...local());
    expect({ code, outcome: report.outcome }).toEqual({ code: 0, outcome: "suspended" });
    expect(state.calls.find(({ action }) => action === "AdminDisableUser")?.input).toMatchObject({
      Username: "mallory",
    });
  });

  test.each(["suspend", "unsuspend"])(
    "%s changes nobody where several users have the phone number",
    async (name) => {
      Object.assign(state, { known: ["mallory"], sharing: ["trudy"] });
      const { code, report } = await claimgate(name, PHONE, ...local());
      expect({ code, error: report.error }).toEqual({
        code: 1,
        error: {
          code: "user_ambiguous",
          message: `2 users have ${PHONE}: mallory, trudy`,
          fix: "give one of these user names, or the `sub` of a user whose name it is",
        },
      });
      expect(actions()).toEqual([]);
    },
  );

  test("does nothing where there is no such user", async () => {
    state.failing = { AdminGetUser: { __type: "UserNotFoundException", message: "User does not exist." } };
    const { code, report } = await claimgate("suspend", "nobody@example.com", ...local());
    expect({ code, error: report.error?.code }).toEqual({ code: 1, error: "user_missing" });
    expect(actions()).toEqual([]);
  });

  test.each([
    ["neither a stage nor the local stack", []],
    ["both", ["--stage", "dev", "--local"]],
    ["a local stack on another machine", ["--local", "http://192.0.2.1:9229"]],
    [
      "a local stack at an address that looks like this machine",
      ["--local", "http://localhost@evil.example"],
    ],
  ])("refuses to run with %s", async (_what, args) => {
    const { code, report } = await claimgate("suspend", "mallory", ...args);
    expect({ code, error: report.error?.code }).toEqual({ code: 1, error: "command_usage" });
    expect(state.calls).toEqual([]);
  });

  test.each([
    [["--stage", "dev", "--local"], /`--stage` and `--local` exclude each other/],
    [
      ["--local", "--delete"],
      /the local pool has no revocation list, so `--delete` works only on a deployed stage/,
    ],
    [["--local", "127.0.0.1:9229"], /expected a URL such as http:\/\/127\.0\.0\.1:9229/],
  ])("says what is wrong with %j", async (args, said) => {
    const { code, stderr } = await runClaimgate(["suspend", "mallory", ...args]);
    expect(code).toBe(1);
    expect(stderr).toMatch(said);
  });

  test("says so where --local has taken the user for its URL", async () => {
    const { code, stderr } = await runClaimgate(["suspend", "--local", "alice@example.com"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/write the user before the option/);
  });

  test.each(["suspend", "unsuspend"])(
    "%s says how to start the local stack where none answers",
    async (name) => {
      // A port that was free a moment ago.
      const gone = createServer();
      await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
      const url = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
      await new Promise((resolve) => gone.close(resolve));
      const { code, report } = await claimgate(name, "alice@example.com", "--local", url);
      expect({ code, error: report.error }).toEqual({
        code: 1,
        error: {
          code: "aws_unreachable",
          message: `nothing answers at ${url}`,
          fix: "start the stack with `npm start`; if it prints another port, give `--local http://127.0.0.1:PORT`",
        },
      });
    },
  );

  test("knows the local stack as it starts", () => {
    expect(LOCAL_POOL).toEqual({
      userPoolId: LOCAL.userPoolId,
      endpoint: `http://127.0.0.1:${USUAL_PORTS.cognito}`,
    });
  });
});

describe("claimgate unsuspend", () => {
  test("takes the user out of the group, and enables the account last", async () => {
    const { code, report } = await claimgate("unsuspend", "mallory", ...local());
    expect({ code, outcome: report.outcome }).toEqual({ code: 0, outcome: "unsuspended" });
    expect(actions()).toEqual(["AdminRemoveUserFromGroup", "AdminEnableUser"]);
  });

  test("leaves the account disabled where a step before failed", async () => {
    state.failing = { AdminRemoveUserFromGroup: DENIED };
    const { code, report } = await claimgate("unsuspend", "mallory", ...local());
    expect({ code, outcome: report.outcome }).toEqual({ code: 1, outcome: "incomplete" });
    expect(outcomes(report)).toEqual({ group: "failed", record: "skipped", enable: "not tried" });
    expect(actions()).toEqual(["AdminRemoveUserFromGroup"]);
  });

  test("takes the records of a user back who was deleted, by the name that is given", async () => {
    state.failing = { AdminGetUser: { __type: "UserNotFoundException", message: "User does not exist." } };
    const { code, report } = await claimgate("unsuspend", "mallory@example.com", "--stage", "dev");
    expect({ code, outcome: report.outcome }).toEqual({ code: 0, outcome: "unsuspended" });
    expect(report).toMatchObject({ sub: null, steps: [{ step: "record", outcome: "done" }] });
    expect(actions()).toEqual(["PutItem", "DeleteItem"]);
  });

  test("does not mind a pool without the group", async () => {
    state.failing = {
      AdminRemoveUserFromGroup: { __type: "ResourceNotFoundException", message: "Group not found." },
    };
    const { report } = await claimgate("unsuspend", "mallory", ...local());
    expect(outcomes(report)).toEqual({ group: "skipped", record: "skipped", enable: "done" });
    expect(report.steps[1]?.detail).toBe("the stage has no revocation list, so there is no record to remove");
  });
});
