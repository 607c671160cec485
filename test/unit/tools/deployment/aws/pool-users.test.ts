import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createPoolUsers, type PoolUsers } from "../../../../../src/tools/deployment/aws/pool-users.ts";

// The real SDK, over HTTP, against a pool in which people choose their user names.

const NUMBER = "+4915112345678";
const SUB = "2c1f0e4a-0000-4000-8000-000000000001";
interface User {
  readonly sub: string;
  readonly phone_number?: string;
}
let pool: Readonly<Record<string, User>> = {};

const attributesOf = (user: User) =>
  Object.entries(user).map(([Name, Value]) => ({ Name, Value: String(Value) }));

function answerTo(action: string, { Username = "", Filter = "" }: Readonly<Record<string, string>>): object {
  const user = pool[Username];
  if (action === "AdminGetUser") {
    return user === undefined
      ? { __type: "UserNotFoundException" }
      : { Username, Enabled: true, UserAttributes: attributesOf(user) };
  }
  const [, name = "", value = ""] = /^(\w+) = "(.*)"$/.exec(Filter) ?? [];
  const found = Object.entries(pool).filter(([, one]) => name in one && one[name as keyof User] === value);
  return { Users: found.map(([userName]) => ({ Username: userName })) };
}

const server: Server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const action = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
    const input = JSON.parse(Buffer.concat(chunks).toString()) as Readonly<Record<string, string>>;
    const answer = answerTo(action, input);
    response.writeHead("__type" in answer ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(answer));
  });
});

let users: PoolUsers;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  users = createPoolUsers({ userPoolId: "eu-west-1_AbCdEfGhI", endpoint: `http://127.0.0.1:${port}` });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe("a phone number", () => {
  it("finds nobody where one user has it and another chose it as the user name", async () => {
    pool = { [NUMBER]: { sub: SUB }, mallory: { sub: "2", phone_number: NUMBER } };
    await expect(users.find(NUMBER)).rejects.toMatchObject({
      code: "user_ambiguous",
      message: `2 users have ${NUMBER}: ${NUMBER}, mallory`,
    });
    expect(await users.find(SUB)).toMatchObject({ userName: NUMBER });
    expect(await users.find("mallory")).toMatchObject({ sub: "2" });
  });

  it("finds a user whose name it is, where no user has it as the number", async () => {
    pool = { [NUMBER]: { sub: SUB } };
    expect(await users.find(NUMBER)).toMatchObject({ userName: NUMBER });
  });
});

it("finds nobody by a `sub` that another user chose as the user name", async () => {
  pool = { [SUB]: { sub: "1" }, mallory: { sub: SUB } };
  await expect(users.find(SUB)).rejects.toMatchObject({ code: "user_ambiguous" });
});
