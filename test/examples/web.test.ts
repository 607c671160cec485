import { readFileSync } from "node:fs";
import { runClaimgate } from "../support/claimgate-command.ts";

test.each([
  ["client", "access.json"],
  ["types", "claimgate-names.ts"],
])(
  "examples/web has what `claimgate %s` writes of the sample policy (npm run access)",
  async (command, file) => {
    const { stdout } = await runClaimgate([command, "-o", `examples/web/src/${file}`, "--check"]);

    expect(stdout).toContain(" is current: ");
  },
);

test("the settings of examples/web are those of the local stack, and the same in both env files", () => {
  const names = (file: string) =>
    readFileSync(`examples/web/${file}`, "utf8")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => line.split("=")[0]);

  expect(names(".env.example")).toEqual(names(".env.local"));
});
