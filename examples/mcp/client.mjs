// A client by the official SDK: node client.mjs URL [TOKEN [TOOL ARGUMENTS]]
// Without a token, it prints where to get one. With one, it prints the tools, or the answer of a tool.
import {
  discoverAuthorizationServerMetadata,
  discoverOAuthProtectedResourceMetadata,
  extractWWWAuthenticateParams,
} from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [url = "", token, tool, given = "{}"] = process.argv.slice(2);

const print = (value) => console.log(JSON.stringify(value));

if (token === undefined) {
  const response = await fetch(url, { method: "POST" });
  const { resourceMetadataUrl } = extractWWWAuthenticateParams(response);
  const resource = await discoverOAuthProtectedResourceMetadata(url, { resourceMetadataUrl });
  const server = await discoverAuthorizationServerMetadata(resource.authorization_servers[0]);
  print({ status: response.status, resourceMetadataUrl, resource, signIn: server?.authorization_endpoint });
} else {
  const headers = { authorization: `Bearer ${token}` };
  const client = new Client({ name: "example", version: "1.0.0" });
  try {
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
    if (tool === undefined) print({ tools: (await client.listTools()).tools.map(({ name }) => name) });
    else print(await client.callTool({ name: tool, arguments: JSON.parse(given) }));
  } catch (error) {
    print({ error: error.code, message: error.message });
    process.exitCode = 1;
  } finally {
    await client.close();
  }
}
