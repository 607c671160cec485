import { secretHashOf } from "../../cognito/auth/secret-hash.ts";
import { CognitoError } from "../../cognito/cognito-error.ts";
import { callOperation } from "../../cognito/operations/call-operation.ts";
import { clientOf } from "../../cognito/pool.ts";
import { html } from "../../text/html.ts";
import type { WebAnswer, WebHandler } from "../route.ts";
import { page } from "./page.ts";

/** `GET /confirmUser`: the link of a mail, for pools that confirm by link. */
export const confirmUser: WebHandler = async (pool, { url }) => {
  const parameter = (name: string) => url.searchParams.get(name) ?? "";
  const Username = parameter("user_name");
  try {
    const client = clientOf(pool.config, parameter("client_id"));
    await callOperation(pool, "ConfirmSignUp", {
      ClientId: client.id,
      Username,
      ConfirmationCode: parameter("confirmation_code"),
      ...(client.secret === undefined
        ? {}
        : { SecretHash: secretHashOf(client.id, client.secret, Username) }),
    });
    return page({ title: "Your registration has been confirmed!", body: html`<p>You can sign in now.</p>` });
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    return refused(error.message);
  }
};

const refused = (error: string): WebAnswer =>
  page(
    { title: "An error was encountered", error, body: html`<p>Ask for another message.</p>` },
    { status: 400 },
  );
