import { AdminGetUserCommand, DescribeUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import { readFileSync } from "node:fs";
import { clients } from "../support/emulator/clients.ts";
import { type IdentityProvider, startIdentityProvider } from "../support/emulator/identity-provider.ts";
import { inventory } from "../support/emulator/inventory.ts";
import { claimsOf, createPerson } from "../support/emulator/people.ts";
import { BRIDGE_LOG, serverless } from "../support/emulator/rehearsal.ts";
import { type DeployedStack, deployedStack } from "../support/emulator/stack.ts";
import { VARIANTS } from "../template/variants.ts";

const variant = VARIANTS.find(({ name }) => name === "everything");
const STAGE = variant?.stage ?? "";
const params = variant?.params.flatMap((param) => ["--param", param]) ?? [];

let stack: DeployedStack;
let provider: IdentityProvider;

beforeAll(async () => {
  const run = await serverless(["deploy", "--stage", STAGE, ...params]);
  if (run.code !== 0) throw new Error(run.output);
  stack = await deployedStack(STAGE);
  provider = await startIdentityProvider(stack, "Corporate");
}, 180_000);

afterAll(() => provider.close());

describe("the stage with everything switched on", () => {
  it("deploys all but what the emulator does not know", () => {
    const left = readFileSync(BRIDGE_LOG, "utf8")
      .split("\n")
      .flatMap((line) => /^(\w+) \(\S+\) left out/.exec(line)?.[1] ?? []);
    expect(left.sort()).toEqual([]);
  });

  it("is watched by alarms and a dashboard", async () => {
    const kinds = (await inventory(STAGE)).map((item) => item.replace(/ \S+$/, ""));
    expect(kinds.filter((kind) => kind === "alarm").length).toBeGreaterThan(5);
    expect(kinds).toContain("dashboard");
  });
});
