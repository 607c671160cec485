import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import {
  type Release,
  type ReleaseManifest,
  releaseRefusals,
  repositoryPage,
} from "../../../../src/tools/packaging/release.ts";

const ROOT = JSON.parse(readFileSync("package.json", "utf8")) as ReleaseManifest;
const urlOf = (url: string) => ({ url });
const GOOD: Release = {
  manifest: { version: "1.2.3", repository: urlOf("git+https://github.com/acme/claimgate.git") },
  changelog: "# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2027-01-04\n",
  tag: "v1.2.3",
  builtIn: "acme/claimgate",
};

describe("a release", () => {
  it.each([
    ["from CI", {}],
    ["by hand", { tag: undefined, builtIn: undefined }],
  ])("%s is accepted with its version, its heading and its repository", (_, changes) => {
    expect(releaseRefusals({ ...GOOD, ...changes })).toEqual([]);
  });

  it.each<[string, Partial<Release>, RegExp]>([
    [
      "while the owner of the repository is a placeholder",
      { manifest: { version: "1.2.3", repository: urlOf("git+https://github.com/OWNER/claimgate.git") } },
      /`repository\.url` has the placeholder `OWNER`; write the GitHub account/,
    ],
    ["without a repository", { manifest: { version: "1.2.3" } }, /`repository\.url` is missing/],
    ["from a fork", { builtIn: "fork/claimgate" }, /names `acme\/claimgate`, and `fork\/claimgate` builds/],
    ["of another version", { tag: "v1.2.4" }, /the tag is `v1\.2\.4` and .* expected the tag `v1\.2\.3`/],
    ["with a tag without `v`", { tag: "1.2.3" }, /expected the tag `v1\.2\.3`/],
    ["that the changelog does not have", { changelog: "\n## [Unreleased]\n" }, /no heading `## \[1\.2\.3\]`/],
  ])("is refused %s", (_, changes, message) => {
    expect(releaseRefusals({ ...GOOD, ...changes })).toEqual([expect.stringMatching(message)]);
  });

  it("is checked by `npm run release:check`, which ends with 1 for another tag", () => {
    const args = ["--import", "tsx", "src/tools/packaging/check-release.ts", "v0.0.0"];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(stderr).toContain(`the tag is \`v0.0.0\` and \`version\` of package.json is \`${ROOT.version}\``);
    expect(status).toBe(1);
  });
});

describe("the owner of the repository", () => {
  it("gives the links of the command, unless it is a placeholder", () => {
    expect(repositoryPage(GOOD.manifest)).toBe("https://github.com/acme/claimgate");
    expect(
      repositoryPage({ repository: urlOf("git+https://github.com/OWNER/claimgate.git") }),
    ).toBeUndefined();
    expect(repositoryPage({})).toBeUndefined();
  });

  it("is written in package.json alone", () => {
    const { url } = ROOT.repository ?? urlOf("");
    const [, owner = ""] = /github\.com\/([^/]+)\/claimgate\.git$/.exec(url) ?? [];
    expect(owner).not.toBe("");
    const args = ["grep", "-IlE", "github\\.com[/:][A-Za-z0-9-]+/claimgate([^A-Za-z0-9-]|$)"];
    const files = execFileSync("git", args, { encoding: "utf8" }).trim().split("\n");
    const examples = ["src/tools/packaging/release.ts", "test/unit/tools/packaging/release.test.ts"];
    expect(files.filter((file) => !examples.includes(file))).toEqual(["package.json"]);
  });
});
