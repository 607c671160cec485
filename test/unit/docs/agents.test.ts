import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { objectOf, textOf } from "../../../src/json.ts";
import { ROW_TYPES } from "../../../src/policy/parse.ts";
import { AGENT_TOOLS } from "../../../src/tools/cli/agent/agent-tools.ts";
import { EXIT } from "../../../src/tools/cli/terminal/exit-code.ts";
import { programCommands } from "../../support/cli-page.ts";

const page = readFileSync("docs/agents.md", "utf8");

describe("the page about agents", () => {
  it("has each tool in its table", () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual(AGENT_TOOLS.map(({ name }) => name));
  });
});

describe.each(readdirSync("skills"))("the skill %s", (name) => {
  const text = readFileSync(join("skills", name, "SKILL.md"), "utf8");
  const [, head = "", body = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  const front = objectOf(parse(head));

  it("is described as agents expect it (agentskills.io, specification)", () => {
    expect(Object.keys(front).sort()).toEqual(["compatibility", "description", "license", "name"]);
    expect(front["name"]).toBe(name);
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(textOf(front["description"])?.length).toBeLessThanOrEqual(1024);
    expect(textOf(front["compatibility"])?.length).toBeLessThanOrEqual(500);
    expect(body.split("\n").length).toBeLessThan(500);
  });

  it("names commands, exit statuses and rows that there are", () => {
    const commands = programCommands().map((command) => command.name());
    const named = [...body.matchAll(/npx --no-install claimgate ([a-z-]+)/g)].map(([, command]) => command);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((command) => !commands.includes(command ?? ""))).toEqual([]);
    for (const status of Object.values(EXIT)) expect(body).toMatch(new RegExp(`\\b${status} \\w`));
    const rows = new Set([...body.matchAll(/^\| `(\w+),/gm)].map(([, type]) => type));
    expect([...rows].sort()).toEqual([...ROW_TYPES].sort());
  });
});
