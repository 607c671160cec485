import { lint } from "../../../../../../src/tools/lint/lint.ts";
import { preflightUnauthorized } from "../../../../../../src/tools/lint/rules/service/preflight-unauthorized.ts";
import { MODEL } from "../../../../../support/policy.ts";
import { atLine, authorizer, found, route, serviceWith } from "./support.ts";

const httpCors = { methods: undefined, at: atLine(4) };
const open = (name: string) => route(name, { authorizer: undefined });

describe("preflight-unauthorized", () => {
  it.each([
    ["ANY /admin/{proxy+}", "OPTIONS /admin/{proxy+}"],
    ["ANY /users", "OPTIONS /users"],
    ["$default", "OPTIONS /{proxy+}"],
  ])("finds `%s` with an authorizer, until `%s` is open", (guarded, preflights) => {
    expect(found(preflightUnauthorized, "", { routes: [route(guarded)], httpCors })).toEqual([
      `serverless.yml:7:1: \`${guarded}\` receives the preflights of browsers, which have no token, so its authorizer answers them with 401; ` +
        `add the event \`httpApi: ${preflights}\` without an authorizer, and the row \`g2, ${preflights}, public\``,
    ]);
    expect(
      found(preflightUnauthorized, "", { routes: [route(guarded), open(preflights)], httpCors }),
    ).toEqual([]);
    expect(
      found(preflightUnauthorized, "", { routes: [route(guarded), route(preflights)], httpCors }),
    ).toHaveLength(2);
  });

  it("finds an OPTIONS route with an authorizer of whatever kind", () => {
    const native = { kind: "native", name: "jwt", scopes: [] } as const;
    const routes = [route("OPTIONS /a", { authorizer: native })];
    expect(found(preflightUnauthorized, "", { routes, httpCors })).toEqual([
      expect.stringContaining(
        "remove the `authorizer` of the event, and declare `g2, OPTIONS /a, public`",
      ) as string,
    ]);
  });

  it("accepts other methods, open routes, REST APIs, whose OPTIONS is the framework's, and APIs without CORS", () => {
    const routes = [
      route("GET /a"),
      route("DELETE /{proxy+}"),
      open("ANY /b"),
      route("ANY /c", { gateway: "rest" }),
    ];
    expect(found(preflightUnauthorized, "", { routes, httpCors })).toEqual([]);
    expect(found(preflightUnauthorized, "", { routes: [route("ANY /a"), route("$default")] })).toEqual([]);
  });

  it("has a fix that no other rule minds", () => {
    const text = [
      "p, role:admin, admin:all, allow",
      "g, group:admins, role:admin",
      "g2, ANY /admin/{proxy+}, admin:all",
      "g2, $default, admin:all",
      "g2, OPTIONS /admin/{proxy+}, public",
      "g2, OPTIONS /{proxy+}, public",
      "p2, *@example.com, allow",
    ].join("\n");
    const routes = [
      route("ANY /admin/{proxy+}"),
      route("$default"),
      open("OPTIONS /admin/{proxy+}"),
      open("OPTIONS /{proxy+}"),
    ];
    const service = serviceWith({ routes, authorizers: [authorizer()], httpCors });
    const { findings } = lint(
      { model: MODEL, rows: [{ path: "policies/a.csv", text }] },
      { service, switchedOff: new Map() },
    );
    expect(findings).toEqual([]);
  });
});
