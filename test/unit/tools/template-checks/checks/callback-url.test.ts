import { appClient, foundBy, ref } from "../checking.ts";

const found = (properties: Record<string, unknown>) =>
  foundBy("callback-url", { Web: appClient({ AllowedOAuthFlows: ["code"], ...properties }) });
const callback = (url: unknown) => found({ CallbackURLs: [url] });

describe("callback-url", () => {
  it.each([
    "https://app.example.com/callback",
    "http://localhost:5173/callback",
    "http://127.0.0.1/callback",
    "http://[::1]:3000/callback",
    "com.example.app://callback",
    "{{resolve:ssm:/app/callback}}",
  ])("takes %s", (url) => {
    expect(callback(url)).toEqual([]);
  });

  it.each([
    ["http://app.example.com/callback", "over http, so others can read the code"],
    ["http://localhost.example.com/callback", "over http, so others can read the code"],
    ["https://app.example.com/callback#there", "which has a fragment"],
    ["https://*.example.com/callback", "but Cognito supports no wildcards"],
    ["/callback", "which is not an absolute URL"],
  ])("refuses %s: %s", (url, why) => {
    expect(callback(url)).toEqual([`Web.CallbackURLs.0: is \`${url}\`, ${why}`]);
  });

  it("looks at logout URLs and the default as well", () => {
    const http = "http://app.example.com/";
    expect(
      found({ CallbackURLs: ["https://a.example"], LogoutURLs: [http], DefaultRedirectURI: http }),
    ).toHaveLength(2);
  });

  it("wants a callback where a code has to go somewhere", () => {
    expect(found({})).toEqual(["Web.CallbackURLs: is empty: the code flow has nowhere to send the code"]);
    expect(found({ CallbackURLs: [] })).toHaveLength(1);
    expect(found({ CallbackURLs: ref("Urls") })).toEqual([]);
    expect(found({ AllowedOAuthFlows: ["client_credentials"] })).toEqual([]);
  });
});
