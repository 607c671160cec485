import { customDomains } from "../../../src/lambda/custom-domains.ts";

const read = (value: unknown) =>
  customDomains({ CLAIMGATE_API_DOMAINS: typeof value === "string" ? value : JSON.stringify(value) });

describe("CLAIMGATE_API_DOMAINS", () => {
  it("lists no domain where it is missing or empty", () => {
    expect(customDomains({}).size).toBe(0);
    expect(read({}).size).toBe(0);
  });

  it("names base paths by domain, in lower case", () => {
    expect([
      ...read({
        "API.example.com": "",
        "*.example.org": ["shop", { basePath: "v1/shop", stage: "prod" }],
      }),
    ]).toEqual([
      ["api.example.com", [{ basePath: "", stage: undefined }]],
      [
        "*.example.org",
        [
          { basePath: "shop", stage: undefined },
          { basePath: "v1/shop", stage: "prod" },
        ],
      ],
    ]);
  });

  it.each([
    ["{", "is not JSON"],
    [["api.example.com"], "expected a JSON object of base paths by domain"],
    [{ "https://api.example.com": "" }, "is not a domain: expected only its name"],
    [{ "api.example.com/shop": "" }, "is not a domain"],
    [{ "*": "" }, "is not a domain"],
    [{ "api.example.com": "", "API.example.com": "shop" }, "`API.example.com` is a duplicate domain"],
    [{ "api.example.com": "/shop" }, "without leading and trailing slashes, such as `v1/shop`"],
    [{ "api.example.com": "shop/" }, "without leading and trailing slashes"],
    [{ "api.example.com": "v1//shop" }, "the invalid segment ``"],
    [{ "api.example.com": "v1/../shop" }, "the invalid segment `..`"],
    [{ "api.example.com": "{proxy+}" }, "the invalid segment `{proxy+}`"],
    [{ "api.example.com": "(none)" }, 'write `""` for the root of the domain'],
    [{ "api.example.com": [] }, "has no base path"],
    [{ "api.example.com": null }, "has no base path"],
    [{ "api.example.com": ["shop", "shop"] }, "lists the base path `shop` more than once"],
    [{ "api.example.com": { path: "shop" } }, "has `path`; expected `basePath` and `stage` only"],
    [{ "api.example.com": { basePath: "", stage: "$default" } }, "leave it out for `$default`"],
  ])("%j is refused, saying what was expected", (value, message) => {
    expect(() => read(value)).toThrow(message);
    expect(() => read(value)).toThrow("environment variable `CLAIMGATE_API_DOMAINS`");
  });
});
