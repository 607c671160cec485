import { createAppSyncAuthorizer } from "../../../src/authorizers/appsync.ts";
import { createHttpAuthorizer } from "../../../src/authorizers/http.ts";
import { createRestAuthorizer } from "../../../src/authorizers/rest-request.ts";
import {
  appSyncEvent,
  dependencies,
  httpEvent,
  nowSeconds,
  restEvent,
  tokenOf,
} from "../../support/authorization.ts";

const bearer = (name: string) => ({ authorization: `Bearer ${tokenOf(name)}` });
const reporting = (changes: Parameters<typeof dependencies>[0] = {}) =>
  dependencies({ reportOnly: true, ...changes });

describe("a stage that only reports", () => {
  it("lets through what it would deny, and records the deny", async () => {
    const deps = reporting();
    expect(await createHttpAuthorizer(deps)(httpEvent({ headers: bearer("alice") }))).toMatchObject({
      isAuthorized: true,
      context: { mode: "report-only", permission: "", determining: "" },
    });
    expect(deps.records).toMatchObject([{ reportOnly: true, decided: { decision: { effect: "deny" } } }]);
  });

  it("allows as ever what it allows", async () => {
    expect(await createHttpAuthorizer(reporting())(httpEvent({ headers: bearer("sam") }))).toMatchObject({
      isAuthorized: true,
      context: { mode: "request", permission: "orders:list" },
    });
  });

  it("lets through what is not canonical, since the living API does", async () => {
    const deps = reporting();
    const headers = { ...bearer("sam"), "x-http-method-override": "DELETE" };
    expect(await createHttpAuthorizer(deps)(httpEvent({ headers }))).toMatchObject({ isAuthorized: true });
    expect(deps.records).toMatchObject([{ decided: { by: "refusal" } }]);
  });

  it("still denies what no answer can name", async () => {
    const event = restEvent({ headers: bearer("ada"), path: "/orders/*" });
    const answer = await createRestAuthorizer(reporting())(event);
    expect(answer.policyDocument.Statement).toMatchObject([{ Effect: "Deny", Resource: ["*"] }]);
  });

  it("refuses a bad token: report-only does not replace authentication", async () => {
    const deps = reporting();
    expect(await createHttpAuthorizer(deps)(httpEvent())).toEqual({ isAuthorized: false });
    await expect(createRestAuthorizer(deps)(restEvent())).rejects.toEqual(new Error("Unauthorized"));
  });

  it("lets nothing through that it cannot record", async () => {
    const record = () => {
      throw new Error("no log");
    };
    await expect(
      createHttpAuthorizer(reporting({ record }))(httpEvent({ headers: bearer("alice") })),
    ).rejects.toThrow("the authorizer could not decide");
  });

  it("denies no field of a GraphQL API", async () => {
    const authorizer = createAppSyncAuthorizer(reporting(), { ttl: 0, now: nowSeconds });
    expect(await authorizer(appSyncEvent(tokenOf("nobody")))).toMatchObject({
      resolverContext: { mode: "report-only" },
      deniedFields: [],
    });
  });
});
