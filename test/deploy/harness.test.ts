import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { bridgedTemplate, type Template } from "../support/emulator/bridged-template.ts";
import { clients } from "../support/emulator/clients.ts";
import { until } from "../support/local-stack-process.ts";
import { pythonEnvironment, REHEARSAL_FOLDER } from "../support/python-environment.ts";

const REQUIREMENTS = "test/support/emulator/requirements.txt";

const folder = mkdtempSync(join(tmpdir(), "claimgate-harness-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the bridge", () => {
  const pool = { Type: "AWS::Cognito::UserPool" };

  it("lets a template through as it is where the emulator can take it", () => {
    const template: Template = {
      Resources: { UserPool: pool },
      Outputs: { Id: { Value: { Ref: "UserPool" } } },
    };
    expect(bridgedTemplate(template)).toEqual({ template, changes: [] });
  });

  it("leaves out what the emulator does not know, with the dependencies on it, and says so", () => {
    const { template, changes } = bridgedTemplate({
      Resources: {
        UserPool: pool,
        Branding: { Type: "AWS::Cognito::ManagedLoginBranding" },
        Errors: { Type: "AWS::CloudWatch::Alarm", Properties: { MetricName: "Errors" } },
        Domain: { Type: "AWS::Cognito::UserPoolDomain", DependsOn: ["Branding", "UserPool"] },
      },
    });
    expect(template).toEqual({
      Resources: {
        UserPool: pool,
        Errors: { Type: "AWS::CloudWatch::Alarm", Properties: { MetricName: "Errors" } },
        Domain: { Type: "AWS::Cognito::UserPoolDomain", DependsOn: ["UserPool"] },
      },
    });
    expect(changes).toEqual([
      "Branding (AWS::Cognito::ManagedLoginBranding) left out: the emulator does not know the type",
    ]);
  });

  it("makes an update of a user pool reset what it leaves out, as AWS does", async () => {
    const pools = clients.userPoolsAsOnAws();
    const PasswordPolicy = { MinimumLength: 20 };
    const create = new CreateUserPoolCommand({ PoolName: "bridged", Policies: { PasswordPolicy } });
    const UserPoolId = (await pools.send(create)).UserPool?.Id;
    await pools.send(new UpdateUserPoolCommand({ UserPoolId, MfaConfiguration: "OFF" }));
    const { UserPool } = await pools.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(UserPool?.Policies?.PasswordPolicy?.MinimumLength).toBe(8);
    await pools.send(new DeleteUserPoolCommand({ UserPoolId }));
  });
});

describe("the keeper of the emulator", () => {
  it("ends what it runs, and removes its folder, when the process that started it is killed", async () => {
    const work = join(folder, "work");
    const pidFile = join(folder, "pid");
    mkdirSync(work);
    const kept = `require("fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000)`;
    const args = [
      "--import",
      "tsx",
      resolve("test/support/emulator/keeper.ts"),
      work,
      process.execPath,
      "-e",
      kept,
    ];
    const starter = spawn(process.execPath, [
      "-e",
      `require("child_process").spawn(process.execPath, ${JSON.stringify(args)}, { stdio: ["pipe", "ignore", "ignore"] })`,
    ]);
    await until("the kept process", () => existsSync(pidFile) && readFileSync(pidFile, "utf8") !== "");
    const pid = Number(readFileSync(pidFile, "utf8"));
    expect(runs(pid)).toBe(true);
    starter.kill("SIGKILL");
    await until("its end", () => !runs(pid) && !existsSync(work));
  });
});

describe("a Python environment", () => {
  const name = "harness-test";
  afterAll(() => rmSync(join(REHEARSAL_FOLDER, name), { recursive: true, force: true }));

  it("says what is missing where there is no Python", async () => {
    await expect(pythonEnvironment(name, REQUIREMENTS, "no-such-python")).rejects.toThrow(
      /no-such-python does not run here\. The slow suites need Python 3\.10 or later/,
    );
  });

  it("says which package index it needs where pip fails, and is not taken for a finished one", async () => {
    const requirements = join(folder, "requirements.txt");
    writeFileSync(requirements, "./nowhere\n");
    await expect(pythonEnvironment(name, requirements)).rejects.toThrow(/pip could not install .*PyPI/s);
    expect(existsSync(join(REHEARSAL_FOLDER, name, "made-from.txt"))).toBe(false);
  });

  it("is kept as long as its requirements are the same", async () => {
    const stamp = join(REHEARSAL_FOLDER, "ministack", "made-from.txt");
    const before = statSync(stamp).mtimeMs;
    const interpreter = await pythonEnvironment("ministack", REQUIREMENTS);
    expect(statSync(stamp).mtimeMs).toBe(before);
    expect(existsSync(interpreter)).toBe(true);
  });
});

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
