import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createCognitoDirectory } from "../../../src/lambda/cognito-directory.ts";

interface Call {
  readonly target: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A stand-in for Cognito's endpoint, which notes what the real SDK sends and answers what a test wants. */
class Endpoint {
  readonly calls: Call[] = [];
  answer: { readonly status: number; readonly body: object } | "silence" = { status: 200, body: {} };
  readonly server: Server = createServer((request, response) => void this.serve(request, response));

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const target = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
    this.calls.push({ target, body: JSON.parse(text) as Call["body"] });
    if (this.answer === "silence") return;
    response.writeHead(this.answer.status, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(this.answer.body));
  }
}

const endpoint = new Endpoint();
const user = { userPoolId: "us-east-1_LocalPool", userName: "u1" };
const before = { ...process.env };
const patience = () => new AbortController().signal;

beforeAll(async () => {
  await new Promise<void>((resolve) => endpoint.server.listen(0, "127.0.0.1", resolve));
  const { port } = endpoint.server.address() as AddressInfo;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: `http://127.0.0.1:${port}`,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
});

beforeEach(() => {
  endpoint.calls.length = 0;
  endpoint.answer = { status: 200, body: {} };
});

afterAll(async () => {
  process.env = before;
  endpoint.server.closeAllConnections();
  await new Promise((resolve) => endpoint.server.close(resolve));
});

it("reads a user's attributes and status", async () => {
  endpoint.answer = {
    status: 200,
    body: {
      Username: "u1",
      UserStatus: "CONFIRMED",
      UserAttributes: [{ Name: "email", Value: "alice@example.com" }, { Name: "custom:empty" }],
    },
  };

  await expect(createCognitoDirectory().readUser(user, patience())).resolves.toEqual({
    attributes: { email: "alice@example.com", "custom:empty": "" },
    status: "CONFIRMED",
  });

  expect(endpoint.calls).toEqual([
    { target: "AdminGetUser", body: { UserPoolId: "us-east-1_LocalPool", Username: "u1" } },
  ]);
});

it("adds to a group and writes the marker", async () => {
  const directory = createCognitoDirectory();

  await directory.addToGroup(user, "staff", patience());
  await directory.writeMarker(user, "2026-11-01T12:00:00.000Z", patience());

  const who = { UserPoolId: "us-east-1_LocalPool", Username: "u1" };
  expect(endpoint.calls).toEqual([
    { target: "AdminAddUserToGroup", body: { ...who, GroupName: "staff" } },
    {
      target: "AdminUpdateUserAttributes",
      body: {
        ...who,
        UserAttributes: [{ Name: "custom:claimgate_assigned", Value: "2026-11-01T12:00:00.000Z" }],
      },
    },
  ]);
});

it("finds accounts by an address, which cannot break out of the filter", async () => {
  endpoint.answer = {
    status: 200,
    body: {
      Users: [
        {
          Username: "u1",
          Enabled: true,
          UserStatus: "CONFIRMED",
          Attributes: [{ Name: "email", Value: "a@example.com" }],
        },
        { Username: "u2" },
      ],
    },
  };

  await expect(
    createCognitoDirectory().findByEmail("us-east-1_LocalPool", 'a"\\@example.com', patience()),
  ).resolves.toEqual([
    { userName: "u1", enabled: true, status: "CONFIRMED", attributes: { email: "a@example.com" } },
    { userName: "u2", enabled: false, status: undefined, attributes: {} },
  ]);

  expect(endpoint.calls).toEqual([
    {
      target: "ListUsers",
      body: { UserPoolId: "us-east-1_LocalPool", Filter: 'email = "a\\"\\\\@example.com"', Limit: 60 },
    },
  ]);
});

it("is not content with the first of several pages", async () => {
  endpoint.answer = { status: 200, body: { Users: [], PaginationToken: "more" } };

  await expect(
    createCognitoDirectory().findByEmail("us-east-1_LocalPool", "a@example.com", patience()),
  ).rejects.toMatchObject({ code: "account_lookup_failed" });
});

it("links an identity to a native account", async () => {
  await createCognitoDirectory().link(user, { provider: "Google", subject: "42" }, patience());

  expect(endpoint.calls).toEqual([
    {
      target: "AdminLinkProviderForUser",
      body: {
        UserPoolId: "us-east-1_LocalPool",
        DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "u1" },
        SourceUser: {
          ProviderName: "Google",
          ProviderAttributeName: "Cognito_Subject",
          ProviderAttributeValue: "42",
        },
      },
    },
  ]);
});

it("rejects with Cognito's own error, at the first attempt where another one would not help", async () => {
  endpoint.answer = {
    status: 400,
    body: { __type: "ResourceNotFoundException", message: "Group not found." },
  };

  await expect(createCognitoDirectory().addToGroup(user, "nobody", patience())).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "Group not found.",
  });

  expect(endpoint.calls).toHaveLength(1);
});

it("gives up when the signal aborts", async () => {
  endpoint.answer = "silence";
  const deadline = new AbortController();

  const answer = createCognitoDirectory().readUser(user, deadline.signal);
  const watch = setInterval(() => {
    if (endpoint.calls.length > 0) deadline.abort();
  }, 5);

  await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  clearInterval(watch);
});

describe("an answer without what it always has is a failure, rather than none", () => {
  it("of a user's attributes: no attributes would be no marker, and bring groups back", async () => {
    endpoint.answer = { status: 200, body: { Username: "u1", UserStatus: "CONFIRMED" } };
    await expect(createCognitoDirectory().readUser(user, patience())).rejects.toThrow(/UserAttributes/);
  });

  it.each([{}, { Users: [{ Attributes: [] }] }])("of the accounts with an address: %j", async (body) => {
    endpoint.answer = { status: 200, body };
    await expect(
      createCognitoDirectory().findByEmail("us-east-1_LocalPool", "a@example.com", patience()),
    ).rejects.toThrow(/the answer of `ListUsers` has no/);
  });
});
