import ts from "typescript";
import { parsePolicy } from "../../../../src/policy/parse.ts";
import { namesModule, policyNames } from "../../../../src/tools/front-end/policy-names.ts";

const ROWS = `p, role:clerk, orders:read, allow
p, role:clerk, orders:*, deny
p, group:odd'na\\me, orders:refund, allow
g, group:{tenantId}.back\`tick, role:clerk
g2, GET /orders/{orderId}, orders:read
g2, GET /health, public
g2, Tool.refund, orders:refund
g3, *@example.com, group:guests
`;
const { rows } = parsePolicy([{ path: "policies/rows.csv", text: ROWS }]);

test("the names of a policy are those of its rows and of its service, once each, sorted, without wildcards", () => {
  expect(policyNames(rows, { clients: ["web"], groups: ["guests"], routes: ["GET /files"] })).toEqual({
    permissions: ["orders:read", "orders:refund"],
    routes: ["GET /files", "GET /health", "GET /orders/{orderId}", "Tool.refund"],
    roles: ["authenticated", "clerk", "machine"],
    groups: ["guests", "odd'na\\me", "{tenantId}.back`tick"],
    clients: ["web"],
  });
});

/** What the compiler says of a program, with the file that the command writes or without. */
function complaints(program: string, generated?: string): readonly string[] {
  const files = new Map([["program.ts", `import type * as names from "./src/policy/names.ts";\n${program}`]]);
  if (generated !== undefined) files.set("names.d.ts", generated);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    module: ts.ModuleKind.Preserve,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es5.d.ts"],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => files.has(name) || fileExists.call(host, name);
  host.getSourceFile = (name, target) => {
    const text = files.get(name);
    return text === undefined
      ? getSourceFile.call(host, name, target)
      : ts.createSourceFile(name, text, target);
  };
  return ts
    .getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

test("a name that the policy does not have compiles without the file of `claimgate types`, and not with it", () => {
  const program = `export const permission: names.PermissionName = "orders:reed";
export const tool: names.ToolName = "refnd";
export const group: names.GroupName = "acme.bakc";
export const role: names.RoleName = "clerc";
`;

  expect(complaints(program)).toEqual([]);
  expect(complaints(program, namesModule(policyNames(rows)))).toEqual([
    "Type '\"orders:reed\"' is not assignable to type 'Permission'. Did you mean '\"orders:read\"'?",
    "Type '\"refnd\"' is not assignable to type '\"refund\"'.",
    "Type '\"acme.bakc\"' is not assignable to type 'Group'.",
    "Type '\"clerc\"' is not assignable to type 'Role'. Did you mean '\"clerk\"'?",
  ]);
});

test("the names of the policy compile with the file of `claimgate types`, odd ones and those of each tenant too", () => {
  const program = `export const permission: names.PermissionName = "orders:read";
export const route: names.RouteName = "GET /orders/{orderId}";
export const groups: readonly names.GroupName[] = ["odd'na\\\\me", "acme.back\`tick"];
`;

  expect(complaints(program, namesModule(policyNames(rows)))).toEqual([]);
});
