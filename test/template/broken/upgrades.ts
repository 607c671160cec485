import type { BrokenTemplate } from "../broken-templates.ts";
import { drop, type Editable, set } from "../editing.ts";

const pool = (path: string, value: unknown) => (t: Editable) =>
  set(t, "UserPool", `Properties.${path}`, value);
const schemaOf = (t: Editable) =>
  t.Resources["UserPool"]?.Properties["Schema"] as readonly Record<string, unknown>[];

/** Templates that are good by themselves and terrible as an update of the one that is deployed. */
export const BROKEN_UPGRADES: readonly BrokenTemplate[] = [
  {
    what: "update: people sign in by another attribute",
    breakIt: pool("UsernameAttributes", ["phone_number"]),
    checks: [],
    rules: [],
    replaced: ["UserPool"],
  },
  {
    what: "update: an attribute goes",
    breakIt: (t) =>
      pool(
        "Schema",
        schemaOf(t).filter(({ Name }) => Name !== "claimgate_assigned"),
      )(t),
    checks: ["marker-missing"],
    rules: [],
    replaced: ["UserPool"],
  },
  {
    what: "update: an attribute becomes a number",
    breakIt: (t) =>
      pool(
        "Schema",
        schemaOf(t).map((one) =>
          one["Name"] === "claimgate_assigned" ? { ...one, AttributeDataType: "Number" } : one,
        ),
      )(t),
    checks: [],
    rules: [],
    replaced: ["UserPool"],
  },
  {
    what: "update: a new attribute that everybody must have",
    breakIt: (t) =>
      pool("Schema", [...schemaOf(t), { Name: "birthdate", AttributeDataType: "String", Required: true }])(t),
    checks: [],
    rules: [],
    replaced: ["UserPool"],
  },
  {
    what: "update: another domain",
    breakIt: (t) => set(t, "UserPoolDomain", "Properties.Domain", { "Fn::Sub": "sign-in-${AWS::AccountId}" }),
    checks: [],
    rules: [],
    replaced: ["UserPoolDomain"],
  },
  {
    what: "update: a client in another pool",
    breakIt: (t) => set(t, "WebClient", "Properties.UserPoolId", "us-east-1_EXAMPLE"),
    checks: [],
    rules: [],
    replaced: ["WebClient"],
  },
  {
    what: "update: a domain less",
    breakIt: (t) => {
      drop(t, "UserPoolDomain");
      for (const [name, output] of Object.entries(t.Outputs)) {
        if (JSON.stringify(output).includes("UserPoolDomain")) delete t.Outputs[name];
      }
    },
    checks: [],
    rules: [],
    replaced: ["UserPoolDomain"],
  },
  {
    what: "update: scopes under another name",
    breakIt: (t) => {
      set(t, "OrdersResourceServer", "Properties.Identifier", "shop-api");
      set(t, "ReportingClient", "Properties.AllowedOAuthScopes", ["shop-api/reports.read"]);
    },
    checks: [],
    rules: [],
    replaced: ["OrdersResourceServer"],
  },
];
