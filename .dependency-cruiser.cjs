// The dependency rule of the rooms (docs/adr/0001-rooms.md): dependencies point inward, one door per third
// party, no cycles. CI runs it as `npm run check:rooms`.
const room = (name) => `^src/${name}/`;

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "no-orphans",
      severity: "error",
      from: {
        orphan: true,
        path: "^src/",
        pathNot: ["^src/local/aws-sdk-stub/", "^src/build/require-node\\.cjs$"],
      },
      to: {},
    },
    {
      name: "policy-is-the-core",
      comment: "the policy room imports nothing but the error base and casbin",
      severity: "error",
      from: { path: room("policy") },
      to: { path: "^src/", pathNot: [room("policy"), "^src/errors\\.ts$"] },
    },
    {
      name: "token-knows-no-policy",
      severity: "error",
      from: { path: room("token") },
      to: { path: "^src/", pathNot: [room("token"), "^src/(errors|json)\\.ts$"] },
    },
    {
      name: "analysis-points-inward",
      severity: "error",
      from: { path: room("analysis") },
      to: { path: "^src/", pathNot: [room("analysis"), room("policy"), "^src/(errors|json)\\.ts$"] },
    },
    {
      name: "triggers-point-inward",
      severity: "error",
      from: { path: room("triggers") },
      to: { path: "^src/", pathNot: [room("triggers"), room("policy"), "^src/errors\\.ts$"] },
    },
    {
      name: "authorizers-point-inward",
      severity: "error",
      from: { path: room("authorizers") },
      to: {
        path: "^src/",
        pathNot: [room("authorizers"), room("policy"), room("token"), "^src/errors\\.ts$"],
      },
    },
    {
      name: "middleware-points-inward",
      comment: "what runs in a team's own functions: the authorizers' context and the policy, nothing else",
      severity: "error",
      from: { path: room("middleware") },
      to: {
        path: "^src/",
        pathNot: [
          room("middleware"),
          room("authorizers"),
          room("policy"),
          "^src/token/verified-token\\.ts$",
          "^src/errors\\.ts$",
        ],
      },
    },
    {
      name: "only-shells-know-the-runtime",
      severity: "error",
      from: {
        path: "^src/",
        pathNot: [
          room("handlers"),
          room("runtime"),
          room("local"),
          room("build"),
          room("cli"),
          room("library"),
        ],
      },
      to: { path: room("runtime") },
    },
    {
      name: "cli-is-a-shell",
      comment: "commands put together what other rooms know",
      severity: "error",
      from: { path: room("cli") },
      to: {
        path: "^src/",
        pathNot: [
          room("cli"),
          room("analysis"),
          room("policy"),
          room("token"),
          room("runtime"),
          room("build"),
          "^src/(errors|json)\\.ts$",
        ],
      },
    },
    {
      name: "nothing-imports-the-cli",
      severity: "error",
      from: { path: "^src/", pathNot: [room("cli")] },
      to: { path: room("cli") },
    },
    {
      name: "nothing-deployed-imports-the-local-stack",
      comment:
        "the one bridge is #signing-keys, which only local builds resolve to src/local; build makes those",
      severity: "error",
      from: { path: "^src/", pathNot: [room("local"), room("build")] },
      to: { path: room("local") },
    },
    {
      name: "pure-rooms-have-no-side-effects",
      comment: "policy, triggers, authorizers and analysis read no file, no clock, no network",
      severity: "error",
      from: { path: "^src/(policy|triggers|authorizers|analysis|middleware)/" },
      to: { dependencyTypes: ["core"], pathNot: ["^(node:)?crypto$"] },
    },
    {
      name: "one-door-to-casbin",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/policy/engine\\.ts$"] },
      to: { path: "node_modules/casbin/" },
    },
    {
      name: "one-door-to-aws-jwt-verify",
      severity: "error",
      from: { path: "^src/", pathNot: [room("token")] },
      to: { path: "node_modules/aws-jwt-verify/" },
    },
    {
      name: "one-door-to-the-aws-sdk",
      severity: "error",
      from: { path: "^src/", pathNot: [room("runtime"), "^src/local/"] },
      to: { path: "node_modules/@aws-sdk/" },
    },
    {
      name: "one-door-to-commander",
      severity: "error",
      from: { path: "^src/", pathNot: [room("cli")] },
      to: { path: "node_modules/commander/" },
    },
    {
      name: "one-door-to-yaml",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/analysis/yaml-text\\.ts$"] },
      to: { path: "node_modules/yaml/" },
    },
    {
      name: "one-door-to-graphql",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/build/read-graphql\\.ts$"] },
      to: { path: "node_modules/graphql/" },
    },
    {
      name: "one-door-to-cognito-local",
      severity: "error",
      from: { path: "^src/", pathNot: [room("local")] },
      to: { path: "node_modules/cognito-local/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
      extensions: [".ts", ".js", ".cjs", ".json"],
    },
  },
};
