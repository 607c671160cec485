import fc from "fast-check";
import { parsePolicy } from "../../src/policy/parse.ts";
import { RULES } from "../../src/tools/lint/registry.ts";
import { readService } from "../../src/tools/service/read-service.ts";
import { drawn } from "../support/drawn.ts";

// A correct service and its policy: whatever form the events have, no rule may object.

const TOLD = {
  CLAIMGATE_USER_POOL_ID: { Ref: "UserPool" },
  CLAIMGATE_APP_CLIENTS: { "Fn::Sub": '{"web":"${Web}"}' },
};
const PROVIDER = {
  httpApi: {
    authorizers: {
      claimgate: {
        type: "request",
        functionName: "auth",
        identitySource: "$request.header.Authorization",
        enableSimpleResponses: true,
        payloadVersion: "2.0",
        resultTtlInSeconds: 0,
      },
    },
  },
};
const REST = {
  name: "auth",
  type: "request",
  identitySource: "method.request.header.Authorization",
  resultTtlInSeconds: 0,
};

const segment = fc.oneof(
  fc.constantFrom("orders", "users", "v1.0", "a~b"),
  fc.constantFrom("{id}", "{orderId}"),
);
const path = fc
  .tuple(fc.uniqueArray(segment, { maxLength: 4 }), fc.boolean())
  .map(([parts, greedy]) => `/${[...parts, ...(greedy ? ["{proxy+}"] : [])].join("/")}`);
const route = fc.record({
  method: fc.constantFrom("GET", "POST", "DELETE", "ANY"),
  path,
  gateway: fc.constantFrom("httpApi", "http"),
  open: fc.boolean(),
  form: fc.nat(3),
});
type Route = typeof route extends fc.Arbitrary<infer T> ? T : never;

function eventOf({ method, path: template, gateway, open, form }: Route): unknown {
  const spelled =
    method === "ANY" && form === 1 && gateway === "httpApi"
      ? "*"
      : form === 2
        ? method.toLowerCase()
        : method;
  const bare = gateway === "http" && form !== 3 ? template.slice(1) : template;
  if (open) {
    // The framework's text form has no `*` for the method, and needs a path.
    if (form === 0 && bare !== "") return { [gateway]: `${method} ${bare}` };
    return { [gateway]: { method: spelled, path: bare } };
  }
  const authorizer = gateway === "http" ? REST : form === 0 ? "claimgate" : { name: "claimgate" };
  return { [gateway]: { method: spelled, path: bare, authorizer } };
}

const nameOf = ({ method, path: template }: Route) => `${method} ${template}`;

const routes = fc.uniqueArray(route, { selector: nameOf, minLength: 1, maxLength: 12 });
const groups = fc.uniqueArray(fc.constantFrom("staff", "Staff", "a.b", "support-north", "x"), {
  maxLength: 5,
});

describe("the service rules", () => {
  it("find nothing in a service that deploys what its policy says", () => {
    fc.assert(
      fc.property(routes, groups, (deployed, named) => {
        const service = readService(
          {
            provider: PROVIDER,
            functions: { auth: { environment: TOLD }, api: { events: deployed.map(eventOf) } },
            resources: {
              Resources: {
                UserPool: { Type: "AWS::Cognito::UserPool" },
                ...Object.fromEntries(
                  named.map((GroupName, index) => [
                    `Group${index}`,
                    { Type: "AWS::Cognito::UserPoolGroup", Properties: { GroupName } },
                  ]),
                ),
              },
            },
          },
          "",
        );
        const text = [
          ...deployed.map((one) => `g2, ${nameOf(one)}, ${one.open ? "public" : "a:use"}`),
          ...named.map((name, index) => (index === 0 ? `g3, *, group:${name}` : `g, group:${name}, role:r`)),
          "g, client:web, role:r",
        ].join("\n");
        const { rows, findings } = parsePolicy([{ path: "p.csv", text }]);
        expect(findings).toEqual([]);
        expect(
          RULES.filter(({ category }) => category === "service").flatMap(({ id, check }) =>
            [...check({ rows, files: [], service })].map((p) => `${id}: ${p.message}`),
          ),
        ).toEqual([]);
      }),
      drawn(500),
    );
  });
});
