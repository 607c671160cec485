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

  it("has no permission by default, and jobs that only read", () => {
    expect(content["permissions"]).toEqual({});
    expect(jobs.length).toBeGreaterThan(0);
    for (const job of jobs) expect(job["permissions"]).toEqual({ contents: "read" });
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
