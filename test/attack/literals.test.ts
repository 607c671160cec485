import { dependencies, tokenOf } from "../support/authorization.ts";
import type { Attempt } from "../support/gateways/gateway.ts";
import { GATEWAYS_UNDER_TEST } from "../support/gateways/gateways.ts";
import { policyFrom } from "../support/policy.ts";

// A row allows one value of the path, `{env}='dev'`, and another denies one, `{env}='prod'`. The attacker wants `prod`,
// by a spelling that the comparison takes for `dev`, or not for `prod`.

const POLICY = policyFrom(`
p, group:customers, envs:deploy, allow, {env}='dev'
p, group:support, envs:*, allow
p, group:support, envs:deploy, deny, {env}='prod'
p, group:support, *:read, allow
g2, PUT /envs/{env}/deployment, envs:deploy
g2, PUT /envs/{env}/secret, secrets:readall
g2, $connect, envs:deploy
g2, Query.orders, envs:deploy
`);

const withPaths = GATEWAYS_UNDER_TEST.filter(({ hasPaths }) => hasPaths);

/** The answers of all gateways with paths, for a plain and for a greedy route of the gateway. */
async function answers(who: string, env: string, leaf = "deployment") {
  const found = new Set<string>();
  for (const gateway of withPaths) {
    for (const route of [`PUT /envs/{env}/${leaf}`, "ANY /{proxy+}"]) {
      const path = `/envs/${env}/${leaf}`;
      const parameters: Attempt["parameters"] = route.startsWith("ANY") ? { proxy: path.slice(1) } : { env };
      const attempt = { authorization: [`Bearer ${tokenOf(who)}`], route, method: "PUT", path, parameters };
      found.add(await gateway.ask(dependencies({ policy: () => POLICY }), attempt));
    }
  }
  return [...found].sort();
}

test("the value itself is allowed everywhere, and another one denied: what follows has its own reason", async () => {
  expect(await answers("alice", "dev")).toEqual(["allowed"]);
  expect(await answers("alice", "prod")).toEqual(["denied"]);
  expect(await answers("sam", "test")).toEqual(["allowed"]);
  expect(await answers("sam", "prod")).toEqual(["denied"]);
});

describe("a value that is not the literal does not match it", () => {
  test.each([
    "DEV",
    "Dev",
    "'dev'",
    "dev'",
    "dev,prod",
    "dev;x=1",
    "dev%20",
    "%64ev%00",
    "dev%2Fprod",
    "dev.",
    "dev~",
    "dév",
    "ｄｅｖ",
    "dеv",
  ])("`%s`", async (env) => {
    expect(await answers("alice", env)).toEqual(["denied"]);
  });
});

describe("a spelling that a backend could read as the denied value", () => {
  test.each([
    ["escaped twice", "%2570rod"],
    ["with a dot segment", "test%2F..%2Fprod"],
    ["with an invisible character", "pro%E2%80%8Bd"],
    ["with a NUL", "prod%00"],
    ["with a fragment", "prod%23"],
    ["with a query", "prod%3F"],
    ["with a backslash", "%5Cprod"],
  ])("%s is refused before any row is asked", async (_what, env) => {
    expect(await answers("sam", env)).toEqual(["denied"]);
  });
});

test("`*:read` is the action read, and no action that begins or ends alike", async () => {
  expect(await answers("sam", "dev", "secret")).toEqual(["denied"]);
});
