import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { Pool } from "../../src/tools/cognito/pool.ts";
import { bundlePage } from "../../src/tools/local/console/page-files.ts";
import { signInAs } from "../../src/tools/local/console/sign-in-as.ts";
import { TestConsole } from "./console.ts";
import { addUser } from "./pool-users.ts";
import { testClient, testPool } from "./user-pool.ts";

export const USERS = 1_000;
export const CALLS = 500;
export const EVENTS = 200;

/** The oldest user, whom no list of the newest ones shows. */
export const OLDEST = "oldest@example.com";

/** As long as Cognito lets names be, or longer than anybody reads, and without a place to break a line. */
export const LONG = {
  address: `${"address".repeat(15)}@example.com`,
  group: "g".repeat(128),
  permission: `${"resource".repeat(8)}:${"action".repeat(8)}`,
  route: `GET /${"segment".repeat(16)}/{${"identifier".repeat(8)}}`,
};

/** The console of a stack that has been used by many people, with the longest names that there are. */
export async function crowdedConsole(): Promise<TestConsole> {
  let page: TestConsole | undefined;
  const pool = testPool({
    onTokens: (issued) => page?.server.feed.tokens(pool, issued),
    config: {
      clients: [testClient(), testClient({ AllowedOAuthFlows: ["client_credentials"] }, "reporting", "s")],
    },
  });
  people(pool);
  page = new TestConsole(pool, 1, bundlePage());
  appendFileSync(
    join(page.policies, "roles.csv"),
    `\ng, group:${LONG.group}, role:viewer\np, group:${LONG.group}, ${LONG.permission}, allow\n`,
  );
  appendFileSync(join(page.policies, "routes.csv"), `\ng2, ${LONG.route}, ${LONG.permission}\n`);
  await page.start();
  calls(page, pool);
  for (let sent = 0; sent < 100; sent += 1) {
    pool.mailbox.deliver({
      to: LONG.address,
      medium: "EMAIL",
      about: "SignUp",
      code: "123456",
      sentAt: sent,
    });
  }
  for (let signed = 0; signed < 30; signed += 1) {
    const { username } = pool.users.find(LONG.address) ?? {};
    await signInAs(pool, username ?? "");
  }
  return page;
}

function people(pool: Pool): void {
  const names = ["customers", "support", LONG.group, ...Array.from({ length: 30 }, (_, n) => `team-${n}`)];
  for (const name of names) pool.groups.save({ name, createdAt: 0, modifiedAt: 0 });
  // One record for all: to make it takes a while.
  const { password } = addUser(pool, OLDEST, { groups: ["support"] });
  const same = password === undefined ? {} : { password };
  for (let n = 1; n < USERS - 1; n += 1) {
    addUser(pool, `user-${n}@example.com`, { groups: n % 2 === 0 ? ["customers"] : [], ...same });
  }
  addUser(pool, LONG.address, { groups: names, ...same });
}

function calls(page: TestConsole, pool: Pool): void {
  const [someone] = [pool.users.find(LONG.address)];
  const sub = someone?.attributes["sub"] ?? "";
  for (let n = 0; n < CALLS; n += 1) {
    const path = n % 2 === 0 ? "/orders" : `/orders/${"0123456789".repeat(12)}${n}`;
    page.decisions.line(
      JSON.stringify({
        kind: "decision",
        effect: n % 3 === 0 ? "deny" : "allow",
        method: "GET",
        template: n % 2 === 0 ? "/orders" : "/orders/{orderId}",
        subjects: [`user:${sub}`],
        reason: "nothing_granted",
        permissions: [LONG.permission],
        determining: n % 3 === 0 ? [] : [{ at: "policies/roles.csv:12" }],
      }),
    );
    page.calls.tell({
      at: Date.now(),
      method: "GET",
      path,
      status: n % 3 === 0 ? 403 : 200,
      caller: { sub, client: "webclient" },
      refused: undefined,
    });
  }
  for (let n = 0; n < EVENTS; n += 1) {
    page.deliveries.tell({
      at: Date.now(),
      took: 3,
      functionName: n % 2 === 0 ? "claimgate-dev-httpAuthorizer" : "claimgate-dev-preSignUp",
      event: {
        version: "2.0",
        type: "REQUEST",
        routeKey: "GET /orders/{orderId}",
        rawPath: `/orders/${"0123456789".repeat(12)}${n}`,
        requestContext: { http: { method: "GET" }, routeKey: "GET /orders/{orderId}" },
        pathParameters: { orderId: "0123456789".repeat(12) },
        headers: { "x-long": "a".repeat(300) },
      },
      outcome: { kind: "answered", payload: { isAuthorized: true } },
    });
  }
}
