import { once } from "node:events";
import { createServer } from "node:http";
import { CreateIdentityProviderCommand } from "@aws-sdk/client-cognito-identity-provider";
import { clients } from "./clients.ts";
import { rehearsal } from "./rehearsal.ts";
import type { DeployedStack } from "./stack.ts";

/** What an identity provider says of somebody. */
export type ProviderClaims = Readonly<Record<string, string | boolean>>;

export interface IdentityProvider {
  /** Sends somebody through the provider's sign-in: the code that the app gets, or why it gets none. */
  signIn(claims: ProviderClaims): Promise<{ readonly code: string } | { readonly refused: string }>;
  close(): Promise<void>;
}

const CALLBACK = "https://app.example.com/callback";

/**
 * An OIDC identity provider on this machine, known to the pool under a name of the template. The emulator's
 * CloudFormation does not make providers, so it is made by the API that CloudFormation would call. Whoever signs in
 * is who the code says.
 */
export async function startIdentityProvider(stack: DeployedStack, name: string): Promise<IdentityProvider> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      const claims = new URLSearchParams(body).get("code") ?? "";
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ access_token: "a", id_token: `e30.${claims}.e30` }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const issuer = `http://127.0.0.1:${port}`;
  await clients.userPools().send(
    new CreateIdentityProviderCommand({
      UserPoolId: stack.physicalId("UserPool"),
      ProviderName: name,
      ProviderType: "OIDC",
      ProviderDetails: {
        client_id: "corporate-client",
        client_secret: "secret",
        oidc_issuer: issuer,
        authorize_url: `${issuer}/authorize`,
        token_url: `${issuer}/token`,
        authorize_scopes: "openid email profile",
        attributes_request_method: "GET",
      },
      AttributeMapping: { username: "sub", email: "email", email_verified: "email_verified", name: "name" },
    }),
  );
  return {
    signIn: (claims) => signIn(stack, name, claims),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function signIn(stack: DeployedStack, identity_provider: string, claims: ProviderClaims) {
  const asked = {
    client_id: stack.output("WebClientId"),
    response_type: "code",
    redirect_uri: CALLBACK,
    scope: "openid email profile",
    identity_provider,
  };
  const { emulator } = rehearsal();
  const manual = { redirect: "manual" } as const;
  const sent = await fetch(`${emulator}/oauth2/authorize?${new URLSearchParams(asked)}`, manual);
  const state = new URL(sent.headers.get("location") ?? "").searchParams.get("state") ?? "";
  const code = Buffer.from(JSON.stringify(claims)).toString("base64url");
  const back = await fetch(`${emulator}/oauth2/idpresponse?${new URLSearchParams({ code, state })}`, manual);
  const location = back.headers.get("location");
  if (location === null) return { refused: await back.text() };
  return { code: new URL(location).searchParams.get("code") ?? "" };
}
