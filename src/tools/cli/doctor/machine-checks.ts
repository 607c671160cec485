import { type Check, checksOn } from "../../deployment/check.ts";
import type { Framework } from "../../service/framework.ts";

const checks = checksOn("machine");

/** Whether a release of Node is one that package.json names in `engines`. */
function isSupportedNode(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major >= 24 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19);
}

/** Whether this machine can build the service. */
export function machineChecks(nodeVersion: string, framework: Framework): Check[] {
  return [nodeCheck(nodeVersion), frameworkCheck(framework)];
}

function nodeCheck(version: string): Check {
  if (isSupportedNode(version)) return checks.ok("node-version", `Node is ${version}`);
  return checks.wrong("fail", "node-version", {
    message: "this Node is not supported",
    found: version,
    expected: "20.19 or later, 22.13 or later, or 24 or later",
    fix: "install one of them",
  });
}

function frameworkCheck({ name, version }: Framework): Check {
  const [major] = version.split(".");
  if (name === "osls" && major === "4")
    return checks.ok("framework-version", `the framework is ${name} ${version}`);
  const found = `${name} ${version}`;
  if (name === "serverless" && major === "4") {
    return checks.wrong("warn", "framework-version", {
      message: "the framework is the one of Serverless Inc., which needs changes in serverless.yml",
      found,
      expected: "osls 4",
      fix: "docs/deploying.md says what to change",
    });
  }
  return checks.wrong("fail", "framework-version", {
    message: "the framework is not the one that serverless.yml is written for",
    found,
    expected: "osls 4",
    fix: 'install "serverless": "npm:osls@^4"',
  });
}
