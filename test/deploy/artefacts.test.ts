import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GetFunctionCommand } from "@aws-sdk/client-lambda";
import { bridgedTemplate, type Template } from "../support/emulator/bridged-template.ts";
import { clients } from "../support/emulator/clients.ts";
import { PACKAGE_FOLDER, STAGE } from "../support/emulator/rehearsal.ts";
import { deployedStack } from "../support/emulator/stack.ts";
import { storedDeployment } from "../support/emulator/stored-deployment.ts";
import { comparable, currentTemplate, packagedTemplate } from "../support/emulator/templates.ts";

const packaged = packagedTemplate(PACKAGE_FOLDER);
const functions = Object.values(packaged.Resources)
  .filter(({ Type }) => Type === "AWS::Lambda::Function")
  .map(({ Properties }) => String(Properties?.["FunctionName"]).replace(`claimgate-${STAGE}-`, ""));

const sha256 = (data: Uint8Array) => createHash("sha256").update(data).digest("base64");

describe("what was deployed", () => {
  it("has functions", () => {
    expect(functions.length).toBeGreaterThanOrEqual(6);
  });

  it.each(functions)(
    "%s runs the archive that `sls package` made for the stage, byte for byte",
    async (name) => {
      const digest = sha256(readFileSync(join(PACKAGE_FOLDER, `${name}.zip`)));
      const command = new GetFunctionCommand({ FunctionName: `claimgate-${STAGE}-${name}` });
      const { Configuration, Code } = await clients.lambda().send(command);
      expect(Configuration?.CodeSha256).toBe(digest);
      const running = await fetch(Code?.Location ?? "");
      expect(sha256(new Uint8Array(await running.arrayBuffer()))).toBe(digest);
    },
  );

  it("stored the same archives and the same template, but for where they are", async () => {
    const stack = await deployedStack(STAGE);
    const stored = await storedDeployment(stack.output("ServerlessDeploymentBucketName"));
    for (const name of functions) {
      const archive = stored.get(`${name}.zip`);
      expect(archive && sha256(archive)).toBe(sha256(readFileSync(join(PACKAGE_FOLDER, `${name}.zip`))));
    }
    const template = Buffer.from(stored.get("compiled-cloudformation-template.json") ?? []).toString();
    expect(comparable(JSON.parse(template) as Template)).toEqual(comparable(packaged));
  });

  it("is that template, but for what the bridge says that it changed", async () => {
    expect(comparable(await currentTemplate(STAGE))).toEqual(comparable(bridgedTemplate(packaged).template));
  });
});
