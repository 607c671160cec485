import { PluginError } from "../../../../../src/tools/packaging/plugin/framework.ts";
import { readSettings } from "../../../../../src/tools/packaging/plugin/settings.ts";

const AT = { file: "serverless.yml", line: 7, column: 3 };
const read = (claimgate: unknown) => readSettings({ claimgate }, () => AT);

describe("the settings of claimgate/serverless", () => {
  it("are all optional", () => {
    for (const nothing of [undefined, null, {}]) {
      expect(read(nothing)).toMatchObject({
        policies: "policies",
        shadowPolicies: undefined,
        compiled: [],
        userPool: undefined,
        appClients: {},
        authorizers: new Map(),
        triggers: new Map(),
        groups: false,
        scopes: false,
      });
    }
  });

  it("name authorizers and triggers in a list, or with the keys of their functions", () => {
    expect(read({ authorizers: ["http", "restToken"], triggers: ["preSignUp"] })).toMatchObject({
      authorizers: new Map([
        ["http", "httpAuthorizer"],
        ["restToken", "restTokenAuthorizer"],
      ]),
      triggers: new Map([["preSignUp", "preSignUp"]]),
    });
    expect(read({ authorizers: { http: "gate", rest: null }, triggers: "postConfirmation" })).toMatchObject({
      authorizers: new Map([
        ["http", "gate"],
        ["rest", "restAuthorizer"],
      ]),
      triggers: new Map([["postConfirmation", "postConfirmation"]]),
    });
  });

  it("take a list of files, a CloudFormation value and switches that a variable gives as a string", () => {
    expect(
      read({ compiled: ["a.json", "b.json"], userPool: { "Fn::ImportValue": "pool" }, groups: "true" }),
    ).toMatchObject({
      compiled: ["a.json", "b.json"],
      userPool: { "Fn::ImportValue": "pool" },
      groups: true,
    });
  });

  it.each([
    [
      { complied: "src/policy.json" },
      "unknown setting `custom.claimgate.complied`; did you mean `compiled`?",
    ],
    [
      { output: "src/policy.json" },
      "unknown setting `custom.claimgate.output`; expected `policies`, `shadowPolicies`, `compiled`, `userPool`, `appClients`, `authorizers`, `triggers`, `groups` or `scopes`",
    ],
    ["policies", "`custom.claimgate` is not a map; expected `policies`, "],
    [{ shadowPolicies: "" }, "`custom.claimgate.shadowPolicies` is not a directory; expected a path"],
    [{ compiled: ["src/policy.json", 5] }, "`custom.claimgate.compiled` is not a file; expected a path"],
    [{ policies: ["policies"] }, "`custom.claimgate.policies` is not a directory; expected a path"],
    [{ userPool: " " }, "`custom.claimgate.userPool` is ` `; expected the logical id of a user pool"],
    [{ userPool: "" }, "`custom.claimgate.userPool` is empty; expected the logical id of a user pool"],
    [{ appClients: ["WebClient"] }, '`custom.claimgate.appClients` is `["WebClient"]`; expected a map'],
    [{ appClients: { web: 5 } }, "`custom.claimgate.appClients.web` is `5`; expected a logical id"],
    [{ authorizers: ["htpp"] }, "`custom.claimgate.authorizers` has `htpp`; did you mean `http`?"],
    [
      { authorizers: { http: 5 } },
      "`custom.claimgate.authorizers.http` is `5`; expected the key of a function",
    ],
    [{ triggers: ["preTokenGen"] }, "`custom.claimgate.triggers` has `preTokenGen`; "],
    [
      { authorizers: { http: "gate", rest: "gate" } },
      "`custom.claimgate.authorizers` has `gate` twice; each needs a function of its own",
    ],
    [
      { authorizers: { http: "gate", rest: "Gate" } },
      "`custom.claimgate.authorizers` has `Gate` twice; each needs a function of its own",
    ],
    [
      { authorizers: { http: "gate" }, triggers: { preSignUp: "gate" } },
      "`custom.claimgate.triggers` has the function `gate` for `preSignUp`, which `authorizers` has for `http`; each needs a function of its own",
    ],
    [
      { authorizers: { http: "../gate" } },
      "`custom.claimgate.authorizers.http` is `../gate`; expected letters, digits, `-` and `_`",
    ],
    [{ groups: "yes" }, "`custom.claimgate.groups` is `yes`; expected `true` or `false`"],
  ])("refuse %j, since it would switch something off", (settings, message) => {
    expect(() => read(settings)).toThrow(PluginError);
    expect(() => read(settings)).toThrow(`serverless.yml:7:3: ${message}`);
  });
});
