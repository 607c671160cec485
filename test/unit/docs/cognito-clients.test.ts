import { readdirSync, readFileSync } from "node:fs";
import { ALL_OPERATIONS } from "../../../src/tools/cognito/operations/all-operations.ts";
import { refusedOperations } from "../../../src/tools/cognito/operations/refused.ts";
import { CLIENTS_PAGE, withSnippets } from "../../support/client-snippets.ts";

const FOLDER = "test/cognito-clients";

describe("docs/cognito-clients.md", () => {
  const page = readFileSync(CLIENTS_PAGE, "utf8");

  it("shows every snippet that the suites run, as it is", () => {
    expect(page).toBe(withSnippets(page));
    const shown = Array.from(page.matchAll(/<!-- snippet ([\w-]+) -->/g), ([, name]) => `${name}.ts`);
    expect(shown.sort()).toEqual(readdirSync(`${FOLDER}/snippets`).sort());
  });
});

// test:cognito-clients compares the whole tables; this is what can be seen without the clients.
describe("the operations in docs/local-fidelity.md", () => {
  const page = readFileSync("docs/local-fidelity.md", "utf8");
  const table = page.slice(
    page.indexOf("<!-- cognito-operations -->"),
    page.indexOf("<!-- /cognito-operations -->"),
  );
  const rows = table
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .map(([, name = "", here = "", differs = "", , test = ""]) => ({
      name: name.replaceAll("`", ""),
      here,
      differs,
      test,
    }));
  const named = (here: string) => rows.filter((row) => row.here === here).map(({ name }) => name);

  it("are those of the pool, absent where it refuses them by name", () => {
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(ALL_OPERATIONS).sort());
    expect(named("absent")).toEqual(Object.keys(refusedOperations).sort());
  });

  it("each have a test, and say what differs where something does", () => {
    for (const { name, here, differs, test } of rows.filter((row) => row.here !== "absent")) {
      const [, suite = "", title = ""] = /^`([\w-]+)`: (.*)$/.exec(test) ?? [];
      expect(readFileSync(`${FOLDER}/suites/${suite}.ts`, "utf8")).toContain(`it("${title}"`);
      expect(`${name} ${here}`).toBe(`${name} ${differs === "" ? "supported" : "differs"}`);
    }
  });
});
