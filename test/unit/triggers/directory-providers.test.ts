import { ConfigurationError } from "../../../src/errors.ts";
import { createDirectoryProviders } from "../../../src/triggers/directory-providers.ts";

type Settings = Readonly<Record<string, unknown>>;

const from = (configured: Readonly<Record<string, Settings>>) =>
  createDirectoryProviders(new Map(Object.entries(configured)));

describe("the configured directories", () => {
  it("have an attribute each, and JSON where no form is given", () => {
    expect(
      from({ Corp: { attribute: "custom:groups", form: "ids" }, Okta: { attribute: "custom:okta" } }),
    ).toEqual(
      new Map([
        ["Corp", { attribute: "custom:groups", form: "ids" }],
        ["Okta", { attribute: "custom:okta", form: "json" }],
      ]),
    );
  });

  it.each<[string, Record<string, Settings>, string]>([
    [
      "share an attribute",
      { A: { attribute: "custom:g" }, B: { attribute: "custom:g", form: "ids" } },
      "share `custom:g`",
    ],
    ["have an attribute of users' own", { A: { attribute: "profile" } }, "needs an `attribute` of its own"],
    ["have the marker", { A: { attribute: "custom:claimgate_assigned" } }, "needs an `attribute` of its own"],
    ["have no attribute", { A: {} }, "needs an `attribute` of its own"],
    [
      "inherit their attribute",
      { A: Object.create({ attribute: "custom:g" }) as Settings },
      "needs an `attribute`",
    ],
    ["have another form", { A: { attribute: "custom:g", form: "csv" } }, "one of `json`, `ids`, `one`"],
    ["have a misspelled setting", { A: { attribute: "custom:g", from: "ids" } }, "unknown setting `from`"],
    ["have a slash in the provider's name", { "A/B": { attribute: "custom:g" } }, "not a provider name"],
    ["have an empty name", { "": { attribute: "custom:g" } }, "not a provider name"],
  ])("are refused if they %s", (_, configured, message) => {
    expect(() => from(configured)).toThrow(ConfigurationError);
    expect(() => from(configured)).toThrow(message);
  });
});
