import { clientUnknown } from "../../../../../../src/tools/lint/rules/service/client-unknown.ts";
import { found } from "./support.ts";

describe("client-unknown", () => {
  const clientNames = ["web", "reporting"];

  it("finds a name that the authorizers do not know", () => {
    expect(found(clientUnknown, "g, client:reportng, role:r", { clientNames })).toEqual([
      "policies/test.csv:1:4: `CLAIMGATE_APP_CLIENTS` has no app client `reportng`; did you mean `client:reporting`?",
    ]);
    expect(found(clientUnknown, "p, client:else, a:read, allow", { clientNames })[0]).toContain(
      "; expected one of web, reporting",
    );
  });

  it("accepts known names, and all where they are not known", () => {
    expect(found(clientUnknown, "g, client:web, role:r", { clientNames })).toEqual([]);
    expect(found(clientUnknown, "g, client:any, role:r", { clientNames: undefined })).toEqual([]);
  });

  it("accepts a client that this stage has switched off, and still no other", () => {
    const service = { clientNames: ["web"], clientsSwitchedOff: ["reporting"] };
    expect(found(clientUnknown, "g, client:reporting, role:r", service)).toEqual([]);
    expect(found(clientUnknown, "g, client:reportng, role:r", service)).toHaveLength(1);
  });
});
