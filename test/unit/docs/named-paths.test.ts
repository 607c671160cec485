import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { documentationPages } from "../../support/markdown.ts";
import { missingOf, pathsNamedIn } from "../../support/named-paths.ts";

/** What is in no checkout, and why a page names it all the same. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  ".github/workflows/policy.yml": "a workflow that readers add",
  ".pre-commit-config.yaml": "a file of the readers' repository",
  "packages/api/policies/roles.csv": "a file of a monorepo",
  "policies/lint.json": "the sample policy switches nothing off",
  "resources/federation/saml-tenant-b.yml": "a second provider that readers add",
  "src/policy.json": "what `compile` writes in a service that uses the package",
  "src/tools/local/pool/cognito-local.ts": "what the decision on cognito-local was about",
  "src/tools/local/aws-sdk-stub": "what the decision on cognito-local was about",
  "index.js": "in an archive of `bundle`",
  "authorizers.cjs": "in an archive of `bundle`",
  "triggers.cjs": "in an archive of `bundle`",
  "policy.json": "in an archive of `bundle`",
  "addresses.json": "in an archive of `bundle`",
  "schema.json": "what `test --schema` writes",
  "cedarschema.json": "what `export cedar` writes",
  "request.json": "what `export cedar` writes",
  "policies/roles.csv-12.cedar": "what `export cedar` writes",
  "orders.test.yml": "an example of a wrong name",
  "orders_test.yaml": "an example of a wrong name",
  "groups.yml": "an example of a wrong name",
  "groups.json": "an example of a wrong name",
};

/** The decision about names lists those that are gone. */
const pages = documentationPages().filter((page) => page !== "docs/adr/0044-one-word-for-one-idea.md");
const named = pages.map((page) => ({ page, paths: pathsNamedIn(readFileSync(page, "utf8")) }));

/** Pages of an example name its files from its own folder. */
const inItsExample = (page: string, path: string) =>
  page.startsWith("examples/") && existsSync(join(dirname(page), path));

describe("the pages", () => {
  it("name only files and folders that exist", () => {
    const missing = named.flatMap(({ page, paths }) =>
      missingOf(paths)
        .filter((path) => !Object.hasOwn(ELSEWHERE, path) && !inItsExample(page, path))
        .map((path) => `${page}: ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it("need every exception", () => {
    const missing = new Set(missingOf(named.flatMap(({ paths }) => paths)));
    expect(Object.keys(ELSEWHERE).filter((path) => !missing.has(path))).toEqual([]);
  });

  it.each(["docs/architecture.md", "CONTRIBUTING.md", "docs/testing.md"])("%s names some", (wanted) => {
    expect(named.find(({ page }) => page === wanted)?.paths.length).toBeGreaterThan(5);
  });
});

describe("the paths that a page names", () => {
  it("are those in backticks below a folder of the checkout, and names of files", () => {
    const text =
      "`src/policy/`, `outcome.ts` and `policies/roles.csv:12:3`, not `GET /orders` or `/.well-known/jwks.json`";
    const paths = pathsNamedIn(text);
    expect(paths).toEqual(["src/policy", "outcome.ts", "policies/roles.csv"]);
    expect(missingOf(paths)).toEqual([]);
  });

  it("have words in capitals and stars for any name", () => {
    expect(missingOf(["src/handlers/NAME-authorizer.ts", "run-NAME.ts", "resources/*.yml"])).toEqual([]);
  });

  it("are missing where nothing is called so", () => {
    const paths = ["src/no-such-room", "src/policy/NAME.csv", "docs/adr/0001-rooms.md", "no-such.ts"];
    expect(missingOf(paths)).toEqual(["src/no-such-room", "src/policy/NAME.csv", "no-such.ts"]);
  });
});
