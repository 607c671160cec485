import {
  createResourceMetadataHandler,
  resourceMetadataUrl,
} from "../../../../src/middleware/mcp/resource.ts";

const POOL = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI";
const RESOURCE = "https://mcp.example.com/mcp";

describe("the metadata of a server", () => {
  it("are where clients look for them: the path comes last", () => {
    const known = "https://mcp.example.com/.well-known/oauth-protected-resource";
    expect(resourceMetadataUrl(RESOURCE)).toBe(`${known}/mcp`);
    expect(resourceMetadataUrl("https://mcp.example.com/")).toBe(known);
  });

  it("name the server, its pool and its scopes, for every origin", async () => {
    const options = {
      resource: RESOURCE,
      authorizationServers: [POOL],
      scopes: ["orders-api/read"],
      name: "Orders",
    };
    const { statusCode, headers, body } = await createResourceMetadataHandler(options)();
    expect([statusCode, headers["content-type"], headers["access-control-allow-origin"]]).toEqual([
      200,
      "application/json",
      "*",
    ]);
    expect(JSON.parse(body)).toEqual({
      resource: RESOURCE,
      authorization_servers: [POOL],
      scopes_supported: ["orders-api/read"],
      bearer_methods_supported: ["header"],
      resource_name: "Orders",
    });
  });

  it("leave out what is not given", async () => {
    const { body } = await createResourceMetadataHandler({
      resource: RESOURCE,
      authorizationServers: [POOL],
    })();
    expect(Object.keys(JSON.parse(body) as object)).toEqual([
      "resource",
      "authorization_servers",
      "bearer_methods_supported",
    ]);
  });

  it("are refused without a pool, and for a URL that clients spell otherwise", () => {
    const make = (resource: string, servers: readonly string[]) => () =>
      createResourceMetadataHandler({ resource, authorizationServers: servers });
    expect(make(RESOURCE, [])).toThrow("`authorizationServers` is empty");
    expect(make("https://mcp.example.com", [POOL])).toThrow("write `https://mcp.example.com/`");
  });
});
