import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { objectOf, objectsOf, textOf } from "../../../src/json.ts";

const FOLDER = join(".github", "workflows");
const workflows = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(join(FOLDER, file), "utf8");
  return { file, text, content: objectOf(parse(text)) };
});
const ci = readFileSync(join(".ci", "run"), "utf8");

describe.each(workflows)("the workflow $file", ({ text, content }) => {
  const jobs = Object.values(objectOf(content["jobs"])).map(objectOf);

  it("has no permission by default, and jobs that only read, but for the one that publishes", () => {
    expect(content["permissions"]).toEqual({});
    expect(jobs.length).toBeGreaterThan(0);
    for (const job of jobs) {
      const publishes = objectsOf(job["steps"]).some(({ run }) => textOf(run)?.startsWith("npm publish"));
      expect(job["permissions"]).toEqual(publishes ? { "id-token": "write" } : { contents: "read" });
      expect(job["timeout-minutes"]).toBeGreaterThan(0);
    }
  });

  it("pins every action by a commit, with its version in a comment", () => {
    const uses = text.match(/uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const use of uses) expect(use).toMatch(/^uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
});

describe("the workflow test.yml", () => {
  const jobs = objectOf(workflows.find(({ file }) => file === "test.yml")?.content["jobs"]);

  it("runs what .ci/run runs", () => {
    const runs = Object.values(jobs).flatMap((job) => objectsOf(objectOf(job)["steps"]));
    expect(runs.map(({ run }) => textOf(run))).toContain("bash .ci/run");
  });

  it("tests every version of Node that .ci/run tests, and every major version of `engines`", () => {
    const matrix = Object.values(jobs).flatMap((job) => {
      const { node } = objectOf(objectOf(objectOf(job)["strategy"])["matrix"]);
      return Array.isArray(node) ? node.map(String) : [];
    });
    const tested = Array.from(ci.matchAll(/on_node (\d[\d.]*) npm/g), ([, version = ""]) => version);
    expect(tested.length).toBeGreaterThan(1);
    const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as { engines: { node: string } };
    const majors = Array.from(engines.node.matchAll(/(?:\^|>=)(\d+)/g), ([, major = ""]) => major);
    expect(tested.filter((version) => !matrix.includes(version))).toEqual([]);
    expect(majors.filter((major) => !matrix.some((version) => version.split(".")[0] === major))).toEqual([]);
  });
});

describe("the workflow release.yml", () => {
  const { content, text } = workflows.find(({ file }) => file === "release.yml") ?? {
    content: objectOf({}),
    text: "",
  };
  const jobs = objectOf(content["jobs"]);
  const stepsOf = (job: string) => objectsOf(objectOf(jobs[job])["steps"]);
  const runsOf = (job: string) => stepsOf(job).flatMap(({ run }) => textOf(run) ?? []);
  const usesOf = (job: string) => stepsOf(job).flatMap(({ uses }) => textOf(uses)?.split("@")[0] ?? []);

  it("runs on a tag of a version, and on nothing else", () => {
    expect(content["on"]).toEqual({ push: { tags: ["v*"] } });
    expect(content["concurrency"]).toEqual({ group: "release", "cancel-in-progress": false });
  });

  it("checks the release and passes every suite before it packs", () => {
    expect(runsOf("package")).toEqual([
      "npm ci",
      'npm run release:check -- "$GITHUB_REF_NAME"',
      "bash .ci/run",
      "npm run tarball",
    ]);
    expect(usesOf("package").at(-1)).toBe("actions/upload-artifact");
  });

  it("publishes what was packed, by proof of its origin alone: no secret, no checkout, no script", () => {
    expect(objectOf(jobs["publish"])).toMatchObject({ needs: "package", environment: "npm" });
    expect(runsOf("publish")).toEqual([
      "npm publish --provenance --access public --ignore-scripts ./claimgate-*.tgz",
    ]);
    expect(usesOf("publish")).toEqual(["actions/setup-node", "actions/download-artifact"]);
    expect(text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|\$\{\{/);
  });

  it("restores no cache, and keeps no credentials in the checkout", () => {
    const steps = [...stepsOf("package"), ...stepsOf("publish")];
    for (const { uses, with: inputs } of steps) {
      if (textOf(uses)?.startsWith("actions/setup-node@"))
        expect(objectOf(inputs)).toMatchObject({ "package-manager-cache": false });
      if (textOf(uses)?.startsWith("actions/checkout@"))
        expect(inputs).toEqual({ "persist-credentials": false });
    }
  });

  it("runs scripts that package.json has", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: object };
    const named = runsOf("package").flatMap((run) => /^npm run (\S+)/.exec(run)?.[1] ?? []);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});
