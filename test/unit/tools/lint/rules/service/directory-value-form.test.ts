import { directoryValueForm } from "../../../../../../src/tools/lint/rules/service/directory-value-form.ts";
import type { DirectoryProviders } from "../../../../../../src/triggers/directory-providers.ts";
import { found } from "./support.ts";

const directories: DirectoryProviders = new Map([
  ["Corp", { attribute: "custom:groups", form: "ids" }],
  ["Okta", { attribute: "custom:okta", form: "json" }],
]);

it("directory-value-form finds a value that is not an id, of a provider that sends ids", () => {
  expect(
    found(
      directoryValueForm,
      [
        "g4, Corp/Domain Users, group:a",
        "g4, Corp/6f3a2a1e-0d3c, group:a",
        "g4, Okta/Domain Users, group:a",
        "g4, Unknown/Domain Users, group:a",
      ].join("\n"),
      { directories },
    ),
  ).toEqual([
    "policies/test.csv:1:5: `Corp` sends ids, and `Domain Users` is not one, so the row gives no group; write the id that the directory assigns to the group, or let the provider send names as JSON",
  ]);
});
