import { readFileSync } from "node:fs";
import { contentsOf, pagesOf } from "../../../docs-site/contents.ts";
import { linkedFileViews } from "../../../docs-site/file-views.ts";
import { firstSentenceOf, llmsText } from "../../../docs-site/llms.ts";
import { contents, INDEX, writtenPages } from "../../../docs-site/repository.ts";
import { type SidebarItem, sidebars } from "../../../docs-site/sidebar.ts";
import { anchorOf, siteLink, sitePage } from "../../../docs-site/site-links.ts";

const groups = contents();
const listed = pagesOf(groups);

/** Folders whose README.md lists them, so the index lists no more than that. */
const FOLDERS = /^(docs\/(rules|adr)\/(?!README)|examples\/.+\/)/;

describe("docs/README.md", () => {
  it("lists every page of the documentation, once", () => {
    const files = listed.map(({ file }) => file);
    const expected = writtenPages().filter((page) => page !== INDEX && !FOLDERS.test(page));
    expect([...files].sort()).toEqual(expected);
  });

  it("has the four kinds of pages", () => {
    expect(groups.map(({ title }) => title)).toEqual([
      "Tutorial",
      "How-to guides",
      "Reference",
      "Explanation",
    ]);
  });

  it("says of each page what it is for, in a few words", () => {
    for (const { file, says } of listed) {
      expect(`${file}: ${says}`).toMatch(/: .{15,}[^.]$/);
      expect(says.length).toBeLessThan(120);
    }
  });

  it.each([
    ["- no link", /expected `- \[Title\]\(page.md\): what it is for`/],
    ["- [No words](page.md)", /found `- \[No words\]/],
  ])("is refused where a line is `%s`", (line, message) => {
    expect(() => contentsOf(`## Reference\n\n${line}\n`)).toThrow(message);
  });

  it("is refused where a page is below no heading", () => {
    expect(() => contentsOf("- [A](a.md): a page\n")).toThrow("below no heading");
  });
});

describe("the sidebars of the site", () => {
  const bars = sidebars(groups);

  it("have every page of the documentation", () => {
    const links = Object.values(bars).flatMap((items) => items.flatMap(linksOf));
    const pages = writtenPages().filter((page) => page !== INDEX);
    expect(pages.filter((page) => !links.includes(siteLink("", page)))).toEqual([]);
  });

  it("have the pages of a folder only inside that folder, collapsed", () => {
    const everywhere = bars["/"]?.flatMap(linksOf);
    expect(everywhere).toContain("/rules/index.md");
    expect(everywhere).not.toContain("/rules/allow-everything.md");
    const [findings] = bars["/rules/"]?.flatMap(all).filter(({ link }) => link === "/rules/index.md") ?? [];
    expect(findings?.collapsed).toBe(true);
    expect(findings?.items?.map(({ link }) => link)).toContain("/rules/allow-everything.md");
  });
});

describe("a link of a page", () => {
  it.each([
    ["docs/policies.md", "cli.md#check", "/cli.md#check"],
    ["docs/rules/effect.md", "../policies.md", "/policies.md"],
    ["docs/tour.md", "rules/README.md", "/rules/index.md"],
    ["README.md", "docs/adr", "/adr/index.md"],
    ["docs/adopt.md", "../examples/README.md", "/examples/index.md"],
    ["examples/README.md", "machines", "/examples/machines/index.md"],
    ["examples/README.md", "machines/policies", "/repository/examples/machines/policies.md"],
    ["docs/testing.md", "../CONTRIBUTING.md", "/project/contributing.md"],
    ["docs/triggers.md", "../serverless.yml", "/repository/serverless.yml.md"],
    ["docs/deploying.md", "deployer-policy.json", "/repository/docs/deployer-policy.json.md"],
    ["docs/tour.md", "#check", "#check"],
    ["docs/tour.md", "https://casbin.org", "https://casbin.org"],
  ])("in %s to %s leads to %s", (page, href, expected) => {
    expect(siteLink(page, href)).toBe(expected);
  });

  it("to a file that is not a page leads to a view of that file", () => {
    const views = new Map(linkedFileViews().map(({ file, content }) => [file, content]));
    expect(views.get("serverless.yml")).toContain(readFileSync("serverless.yml", "utf8").trimEnd());
    expect([...views.keys()].filter((file) => sitePage(file) !== undefined)).toEqual([]);
    expect([...views.keys()]).toContain("examples/machines/serverless.yml");
  });

  it("has the anchors of the repository's host", () => {
    expect(["`policy_stale`", "What & why", "E-mail addresses", "401, 403"].map(anchorOf)).toEqual([
      "policy_stale",
      "what--why",
      "e-mail-addresses",
      "401-403",
    ]);
  });
});

describe("llms.txt", () => {
  const text = llmsText("/base/", groups);

  it("has the form of llmstxt.org: a title, a summary, and sections of links with notes", () => {
    const [title, , summary] = text.split("\n");
    expect(title).toBe("# claimgate");
    expect(summary).toMatch(/^> claimgate is an authorization layer for Amazon Cognito/);
    const rest = text
      .split("\n")
      .slice(3)
      .filter((line) => line !== "");
    expect(rest.filter((line) => !/^(## .+|- \[.+\]\(\/base\/[\w./-]+\.html\.md\): .+)$/.test(line))).toEqual(
      [],
    );
    expect(text.match(/^## .+$/gm)?.at(-1)).toBe("## Optional");
  });

  it("links to every page", () => {
    const pages = writtenPages().filter((page) => page !== INDEX);
    const addresses = pages.map((page) => `(/base/${sitePage(page)?.replace(/\.md$/, ".html.md")})`);
    expect(addresses.filter((address) => !text.includes(address))).toEqual([]);
  });

  it("says of a finding what its page says first", () => {
    expect(firstSentenceOf("docs/rules/allow-everything.md")).toBe(
      "A `p` row allows `*` without a condition.",
    );
  });
});

function all(item: SidebarItem): readonly SidebarItem[] {
  return [item, ...(item.items ?? []).flatMap(all)];
}

function linksOf(item: SidebarItem): readonly string[] {
  return all(item).flatMap(({ link }) => link ?? []);
}
