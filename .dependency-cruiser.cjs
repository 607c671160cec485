// The dependency rules of the rooms (docs/architecture.md): dependencies point inward, nothing deployed knows
// `tools`, one door per third party, no cycles. CI runs them as `npm run check:rooms`.
const room = (name) => `^src/${name}/`;
const tool = (name) => `^src/tools/${name}/`;
const SHARED = "^src/(errors|json|monotonic-clock|own-property)\\.ts$";

/** `from` may import, of this project, itself and what is listed. */
const pointsTo = (name, comment, from, ...allowed) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { path: "^src/", pathNot: [from, ...allowed] },
});

/** Only `doors` may import the package. */
const oneDoorTo = (name, packages, ...doors) => ({
  name: `one-door-to-${name}`,
  severity: "error",
  from: { path: "^src/", pathNot: doors },
  to: { path: packages },
});

const DEPLOYED = "^src/(?!tools/)";
const PURE_TOOLS =
  "^src/tools/(lint|findings|registry|access|policy-tests|decision-log|cloudformation|template-checks|adopt|import|export|front-end|openapi|editor|policy-view|playground)/";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^react$" },
    },
    {
      name: "no-orphans",
      severity: "error",
      from: {
        orphan: true,
        path: "^src/",
        pathNot: [
          "\\.d\\.c?ts$",
          "^src/tools/packaging/(require-node|refuse-pack|run-start)\\.cjs$",
          "^src/policy/sha256-browser\\.ts$",
        ],
      },
      to: {},
    },
    {
      name: "nothing-deployed-knows-the-tools",
      comment:
        "what runs in Lambda is what the handlers reach; #signing-keys and #policy-source are the bridges",
      severity: "error",
      from: { path: DEPLOYED },
      to: { path: "^src/tools/" },
    },
    pointsTo(
      "policy-is-the-core",
      "nothing but the error base and casbin",
      room("policy"),
      "^src/(errors|own-property)\\.ts$",
    ),
    pointsTo("token-knows-no-policy", "a proven identity, whatever it may do", room("token"), SHARED),
    pointsTo(
      "triggers-point-inward",
      "pure",
      room("triggers"),
      room("policy"),
      "^src/(errors|own-property)\\.ts$",
    ),
    pointsTo(
      "authorizers-point-inward",
      "pure",
      room("authorizers"),
      room("policy"),
      room("token"),
      "^src/(errors|own-property)\\.ts$",
    ),
    pointsTo(
      "middleware-points-inward",
      "what runs in a team's own functions: the authorizers' context and the policy, nothing else",
      room("middleware"),
      room("authorizers"),
      room("policy"),
      "^src/token/(verified-token|token-fault)\\.ts$",
      "^src/(errors|own-property)\\.ts$",
    ),
    pointsTo(
      "the-client-runs-in-a-browser",
      "the few parts of the engine that need no engine",
      room("client"),
      "^src/policy/(condition|names|tenant-group)\\.ts$",
      "^src/own-property\\.ts$",
    ),
    pointsTo(
      "cloudformation-reads-templates-alone",
      "the one reader: what it needs to know is handed to it",
      tool("cloudformation"),
      "^src/json\\.ts$",
    ),
    pointsTo(
      "the-console-knows-only-itself",
      "its state comes from its server, never from a link as that of the playground",
      tool("console"),
    ),
    pointsTo(
      "the-playground-reads-nothing",
      "the policy engine, the rules, and the views of the console",
      tool("playground"),
      "^src/errors\\.ts$",
      room("policy"),
      tool("access"),
      tool("console"),
      tool("lint"),
      tool("policy-view"),
    ),
    pointsTo(
      "machine-knows-no-rules",
      "files are read for those who judge them",
      tool("machine"),
      room("policy"),
      tool("text"),
      SHARED,
    ),
    pointsTo(
      "the-user-pool-knows-no-claimgate",
      "a local Cognito for anybody: no policy, no local stack",
      tool("cognito"),
      tool("cloudformation"),
      tool("text"),
      tool("machine"),
      SHARED,
    ),
    pointsTo(
      "managed-login-knows-the-user-pool-alone",
      "answers to requests, whoever serves them",
      tool("managed-login"),
      tool("cognito"),
      tool("text"),
      SHARED,
    ),
    pointsTo(
      "the-server-of-the-user-pool-knows-no-claimgate",
      "where pool and pages come together",
      tool("cognito-server"),
      tool("cognito"),
      tool("managed-login"),
      tool("cloudformation"),
      tool("text"),
      tool("machine"),
      SHARED,
    ),
    pointsTo(
      "the-service-is-a-user-of-the-package",
      "nothing but the doors, as any other service",
      "^src/(handlers|sample)/",
      room("library"),
    ),
    {
      name: "the-service-imports-the-doors-by-name",
      comment: "`claimgate/lambda`, as any other service",
      severity: "error",
      from: { path: "^src/(handlers|sample)/" },
      to: { path: room("library"), dependencyTypes: ["local"] },
    },
    {
      name: "only-shells-know-the-lambda-room",
      severity: "error",
      from: { path: "^src/", pathNot: [room("lambda"), room("library"), room("tools")] },
      to: { path: room("lambda") },
    },
    {
      name: "nothing-imports-the-cli",
      severity: "error",
      from: { path: "^src/", pathNot: [tool("cli")] },
      to: { path: tool("cli") },
    },
    {
      name: "nothing-imports-the-local-stack",
      comment: "#signing-keys and #policy-source resolve to it in local builds only; packaging makes those",
      severity: "error",
      from: { path: "^src/", pathNot: [tool("local"), tool("packaging")] },
      to: { path: tool("local") },
    },
    {
      name: "pure-rooms-have-no-side-effects",
      comment: "no file, no clock, no network",
      severity: "error",
      from: { path: ["^src/(policy|triggers|authorizers|middleware|client)/", PURE_TOOLS] },
      to: { dependencyTypes: ["core"], pathNot: ["^(node:)?crypto$"] },
    },
    {
      name: "one-door-to-crypto-in-the-policy",
      comment: "builds for a browser have sha256-browser.ts in its place",
      severity: "error",
      from: { path: room("policy"), pathNot: ["^src/policy/sha256\\.ts$"] },
      to: { dependencyTypes: ["core"] },
    },
    oneDoorTo("casbin", "node_modules/casbin/", "^src/policy/engine\\.ts$"),
    oneDoorTo("aws-jwt-verify", "node_modules/aws-jwt-verify/", room("token")),
    oneDoorTo("the-aws-sdk", "node_modules/@aws-sdk/", room("lambda"), tool("deployment/aws"), tool("local")),
    oneDoorTo(
      "vscode-languageserver",
      "node_modules/vscode-languageserver",
      tool("editor"),
      tool("cli/edit"),
    ),
    oneDoorTo("commander", "node_modules/commander/", tool("cli")),
    oneDoorTo(
      "yaml",
      "node_modules/yaml/",
      "^src/tools/text/(yaml-text|written-yaml|yaml-edits|yaml-nodes)\\.ts$",
    ),
    oneDoorTo("graphql", "node_modules/graphql/", "^src/tools/service/read-graphql\\.ts$"),
    oneDoorTo("diff", "node_modules/diff/", "^src/tools/text/unified-diff\\.ts$"),
    oneDoorTo("react", "^react$", "^src/client/react\\.ts$"),
    oneDoorTo(
      "fflate",
      "node_modules/fflate/",
      "^src/tools/archives/zip\\.ts$",
      "^src/tools/playground/state/link\\.ts$",
    ),
    oneDoorTo("preact", "node_modules/preact/", tool("console"), tool("playground")),
    oneDoorTo("codemirror", "node_modules/@codemirror/", tool("console/editor")),
    oneDoorTo("dagre", "node_modules/@dagrejs/", "^src/tools/report/role-layout\\.ts$"),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["claimgate-source", "import", "require", "node", "default"],
      extensions: [".ts", ".tsx", ".js", ".cjs", ".json"],
    },
  },
};
