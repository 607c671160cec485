import { createHash } from "node:crypto";
import { html } from "../../../../src/tools/text/html.ts";
import { pageOf } from "../../../support/report-page.ts";

const CSV = `
g, group:<script>alert(1)</script>, role:viewer
g, "group:a""onmouseover=alert(2)", role:viewer
g, group:staff, role:viewer
p, role:viewer, orders:read, allow, {userId}=sub
p, group:staff, orders:read, deny
g2, GET /orders/{userId}, orders:read
g2, GET /health, public
`;

describe("HTML of a template", () => {
  test("holds no value unescaped, in content or in an attribute", () => {
    expect(html`<a title="${`"'>`}">${"<&>"}${7}${undefined}${[html`<b>${"<"}</b>`]}</a>`.text).toBe(
      '<a title="&quot;&#39;&gt;">&lt;&amp;&gt;7<b>&lt;</b></a>',
    );
  });
});

describe("the report page", () => {
  const page = pageOf(CSV);

  test("escapes whatever a policy calls its groups", () => {
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).not.toContain('"onmouseover');
    expect(page).toContain("Whoever &lt;i&gt;works&lt;/i&gt; here");
    expect(page).toContain("a &lt;b&gt;finding&lt;/b&gt; with &quot;quotes&quot;");
  });

  test("lists what apps may do, if the policy limits them", () => {
    expect(page).not.toContain("apps-section");
    const limited = pageOf(`${CSV}p3, client:web, *\np3, client:partner-app, orders:read, api/<b>\n`);
    expect(limited).toContain("<code>client:partner-app</code>");
    expect(limited).toContain("<code>api/&lt;b&gt;</code>");
  });

  test("says on behalf of whom an app may call a route, with the scope that it needs", () => {
    const limited = pageOf(`${CSV}p3, client:web, *\np3, client:partner-app, orders:read, api/<b>\n`);
    expect(limited).toContain(
      '<tr><th scope="row">GET /orders/{userId}</th><td><code>role:viewer</code> if api/&lt;b&gt; and {userId}=sub</td><td><code>role:viewer</code> if {userId}=sub</td></tr>',
    );
    expect(limited).not.toContain('<th scope="row">GET /health</th><td>');
  });

  test("says which groups of a directory fill a group, if any do", () => {
    expect(page).not.toContain("Members from a directory");
    const filled = pageOf(`${CSV}g4, Okta/<i>, group:staff\n`);
    expect(filled).toContain('<th scope="col">Members from a directory</th>');
    expect(filled).toContain("<td>Okta/&lt;i&gt;</td></tr>");
  });

  test("allows itself nothing but its own style and script, by their digests", () => {
    const csp = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll("&#39;", "'");
    const digest = (element: string) => {
      const text = new RegExp(`<${element}>([^]*?)</${element}>`).exec(page)?.[1] ?? "";
      return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    };
    expect(csp?.split("; ")).toEqual([
      "default-src 'none'",
      `style-src ${digest("style")}`,
      `script-src ${digest("script")}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  test("needs no network and no other file", () => {
    expect(page).not.toMatch(/(?:src|href)="(?!#)/);
    expect(page).not.toMatch(/url\((?!#)/);
    expect(page).not.toMatch(/@import/);
  });

  test("has no inline style or handler, which its CSP would not run", () => {
    expect(page).not.toMatch(/<[^>]* (?:style|on[a-z]+)="/);
  });

  test("says for each route who may, by which row", () => {
    expect(page).toContain('<td class="conditional" title="if {userId}=sub">');
    expect(page).toContain('<td class="code">policies/test.csv:5');
    expect(page).toContain("This route has no authorizer");
  });

  test("says what it is limited to, and holds nothing else", () => {
    expect(page).not.toContain('id="limits"');
    const part = pageOf(CSV, undefined, { rows: "GET /orders*", columns: "staff" });
    expect(part).toContain(
      "only routes that match <code>GET /orders*</code>, and subjects that match <code>staff</code>",
    );
    expect(part).toContain('data-holder="group:staff"');
    expect(part).not.toContain("<code>group:a");
    expect(part).not.toContain("GET /health");
    expect(pageOf(CSV, undefined, { columns: "role:*" })).toContain(
      "only subjects that match <code>role:*</code>. Findings",
    );
  });

  test("gives roles and groups with the same access one column, with all their names in its head", () => {
    const heads = page.slice(page.indexOf("<thead>"), page.indexOf("</thead>")).split('<th scope="col">');
    const names = heads.map((head) => [...head.matchAll(/data-holder="([^"]*)"/g)].map(([, name]) => name));
    expect(names.filter((some) => some.length > 0)).toEqual([
      ["role:viewer", "group:&lt;script&gt;alert(1)&lt;/script&gt;", "group:a&quot;onmouseover=alert(2)"],
      ["group:staff"],
    ]);
  });

  test("shows the coverage of policy tests where it was measured", () => {
    expect(page).not.toContain("Policy tests");
    const row = { file: "policies/test.csv", line: 5, row: "p, role:viewer, orders:read, allow" };
    const measured = pageOf(CSV, {
      passed: 3,
      failed: 0,
      covered: 1,
      total: 2,
      percent: 50,
      uncovered: [row],
    });
    expect(measured).toContain("The tests cover 1 of 2 rows (50 %)");
    expect(measured).toContain("3 passed");
    const failing = { passed: 3, failed: 1, covered: 2, total: 2, percent: 100, uncovered: [] };
    expect(pageOf(CSV, failing)).toContain('<span class="chip denied">1 failed</span> 3 passed');
    expect(measured).toContain("p, role:viewer, orders:read, allow</code>");
  });
});
