import { faultsOf } from "../../../../support/stage.ts";

describe("parameters that the triggers read", () => {
  it.each([
    ["trustedProviders", "Google", "is not a JSON object such as"],
    ["trustedProviders", '{"Google":["*.example.com"]}', "has the invalid domain `*.example.com`"],
    ["trustedProviders", '{"Corp":[],"Corp_Partner":[]}', "cannot be told apart"],
    ["scopePrefix", "orders api/", "is not a valid scope prefix"],
  ])("are read before they are deployed: %s=%s", (name, value, message) => {
    const [first] = faultsOf({ [name]: value });
    expect(first).toContain(`parameter \`${name}\``);
    expect(first).toContain(message);
  });
});
