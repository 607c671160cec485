import { httpRoute } from "../../../../src/authorizers/request-route.ts";
import { customDomains } from "../../../../src/lambda/custom-domains.ts";
import { withEmulatorDomains } from "../../../../src/tools/packaging/emulator-domains.ts";
import { httpEvent } from "../../../support/authorization.ts";

const domains = (listed: unknown) => customDomains({ CLAIMGATE_API_DOMAINS: withEmulatorDomains(listed) });

it("keeps what the stage lists", () => {
  expect(domains('{"api.example.com":"shop"}').get("api.example.com")).toEqual([
    { basePath: "shop", stage: undefined },
  ]);
  expect(domains(undefined).size).toBe(2);
  expect(domains({ Ref: "Later" }).size).toBe(2);
});

it.each(["random-api-id.execute-api.us-east-1.amazonaws.com", "offlineContext_domainName"])(
  "lets an event of serverless-offline, which calls its domain %s, begin at the route",
  (domainName) => {
    const event = httpEvent({
      routeKey: "$default",
      method: "GET",
      rawPath: "/orders",
      stage: "dev",
      domainName,
    });
    const { path, unplaced } = httpRoute(event, domains("{}"));
    expect([path, unplaced]).toEqual(["/orders", undefined]);
    expect(httpRoute(event).unplaced).toBeDefined();
  },
);
