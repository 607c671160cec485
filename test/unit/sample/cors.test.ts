import { withCors } from "../../../src/sample/cors.ts";
import { respond } from "../../../src/sample/sample-request.ts";

const response = respond(200, {});
const APP = "https://app.example.com";

describe("an answer of the REST API", () => {
  it.each([["Origin"], ["origin"]])(
    "names the origin that asks, in header %s, if it is a known one",
    (name) => {
      const { headers } = withCors(response, ["https://other.example.com", APP], {
        headers: { [name]: APP },
      });
      expect(headers).toEqual({ ...response.headers, "access-control-allow-origin": APP, vary: "Origin" });
    },
  );

  it.each([
    ["a stranger", { headers: { Origin: "https://evil.example.net" } }],
    ["a part of a known one", { headers: { Origin: "https://app.example" } }],
    ["nobody", { headers: null }],
    ["something that is no text", { headers: { Origin: [APP] } }],
  ])("names no origin to %s", (_, event) => {
    expect(withCors(response, [APP], event).headers).not.toHaveProperty("access-control-allow-origin");
  });

  it("is open to all where the stage says so", () => {
    expect(withCors(response, ["*"], {}).headers["access-control-allow-origin"]).toBe("*");
  });

  it("keeps its status and its body", () => {
    expect(withCors(response, [], {})).toMatchObject({ statusCode: 200, body: "{}" });
  });
});
