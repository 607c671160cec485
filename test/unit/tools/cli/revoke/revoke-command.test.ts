import { revokeCommand } from "../../../../../src/tools/cli/revoke/revoke-command.ts";

it("refuses the former name of --pool-alias with the new one", async () => {
  const written: string[] = [];
  const command = revokeCommand(() => Promise.reject(new Error("it ran")))
    .exitOverride()
    .configureOutput({ writeErr: (text) => written.push(text) });
  await expect(
    command.parseAsync(["--stage", "prod", "--sub", "user-1", "--issuer", "legacy"], { from: "user" }),
  ).rejects.toMatchObject({ code: "commander.invalidArgument" });
  expect(written.join("")).toContain("use --pool-alias");
});
