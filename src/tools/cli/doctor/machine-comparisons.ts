import { type Comparison, comparisonsOn } from "../../deployment/comparison.ts";
import type { Framework } from "../../service/framework.ts";

const comparisons = comparisonsOn("machine");

/** Whether a release of Node is one that package.json names in `engines`. */
function isSupportedNode(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major >= 24 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19);
}

/** Whether this machine can build the service. */
export function machineComparisons(nodeVersion: string, framework: Framework): Comparison[] {
  return [nodeComparison(nodeVersion), frameworkComparison(framework)];
}

function nodeComparison(version: string): Comparison {
  if (isSupportedNode(version)) return comparisons.ok("unsupported-version", `Node is ${version}`);
  return comparisons.wrong("fail", "unsupported-version", {
    message: "this Node is not supported",
    found: version,
    expected: "20.19+, 22.13+ or 24+",
    fix: "install one of them",
  });
}

function frameworkComparison({ name, version }: Framework): Comparison {
  const [major] = version.split(".");
  if (name === "osls" && major === "4")
    return comparisons.ok("unsupported-version", `the framework is ${name} ${version}`);
  const found = `${name} ${version}`;
  if (name === "serverless" && major === "4") {
    return comparisons.wrong("warn", "unsupported-version", {
      message: "the framework is Serverless Inc.'s, which needs changes in serverless.yml",
      found,
      expected: "osls 4",
      fix: "docs/deploying.md lists the changes",
    });
  }
  return comparisons.wrong("fail", "unsupported-version", {
    message: "the framework is not the one that serverless.yml requires",
    found,
    expected: "osls 4",
    fix: 'install "serverless": "npm:osls@^4"',
  });
}
