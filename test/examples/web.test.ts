import { readFileSync } from "node:fs";
import { runClaimgate } from "../support/claimgate-command.ts";

test("examples/web hides by the matrix of the sample policy (npm run access)", async () => {
  const { stdout } = await runClaimgate(["matrix", "--rows", "routes", "--format", "json"]);

  expect(JSON.parse(readFileSync("examples/web/src/access.json", "utf8"))).toEqual(JSON.parse(stdout));
});

test("the settings of examples/web are those of the local stack, and the same in both env files", () => {
  const names = (file: string) =>
    readFileSync(`examples/web/${file}`, "utf8")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => line.split("=")[0]);

  expect(names(".env.example")).toEqual(names(".env.local"));
});
