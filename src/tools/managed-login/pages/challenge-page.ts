import { jsonIn, textOf, textsOf } from "../../../json.ts";
import type { ChallengeStep } from "../../cognito/auth/step.ts";
import { notSimulated } from "../../cognito/cognito-error.ts";
import { callOperation } from "../../cognito/operations/call-operation.ts";
import { type Html, html } from "../../text/html.ts";
import type { WebAnswer } from "../route.ts";
import { attributeLabel } from "./attribute-label.ts";
import { field } from "./page.ts";
import { passwordHint } from "./password-hint.ts";
import { formTo, linkTo, show, type Visit } from "./visit.ts";

/** A challenge in the hands of a browser: what its form has to send back. */
export interface BrowserChallenge {
  readonly name: string;
  readonly session: string;
  readonly username: string;
  /** Where a code was sent, masked. */
  readonly destination: string | undefined;
  /** Attributes that the user still has to give. */
  readonly required: readonly string[];
  /** Methods to choose from. */
  readonly choices: readonly string[];
  /** The secret of an authenticator app that is being set up. */
  readonly secret: string | undefined;
}

/** What the form of a challenge needs. @throws CognitoError for one that these pages do not have */
export async function openChallenge({ pool }: Visit, step: ChallengeStep): Promise<BrowserChallenge> {
  const { name, parameters, session } = step;
  if (session === undefined || !PAGES.has(name)) throw notSimulated(`a page for the challenge ${name}`);
  const opened = {
    name,
    session,
    username: parameters["USER_ID_FOR_SRP"] ?? parameters["USERNAME"] ?? "",
    destination: parameters["CODE_DELIVERY_DESTINATION"],
    required: textsOf(jsonIn(parameters["requiredAttributes"] ?? "[]")),
    choices: textsOf(jsonIn(parameters["MFAS_CAN_CHOOSE"] ?? "[]")),
    secret: undefined,
  };
  if (name !== "MFA_SETUP") return opened;
  const associated = await callOperation(pool, "AssociateSoftwareToken", { Session: session });
  return {
    ...opened,
    session: textOf(associated["Session"]) ?? session,
    secret: textOf(associated["SecretCode"]),
  };
}

interface ChallengePage {
  readonly title: string;
  readonly fields: (challenge: BrowserChallenge, visit: Visit) => Html;
}

const code = (title: string, from: (challenge: BrowserChallenge) => string): ChallengePage => ({
  title,
  fields: (challenge) => html`<p>${from(challenge)}</p>
${field({ name: "code", label: "Code", autocomplete: "one-time-code", numeric: true })}
<button>Continue</button>`,
});

const sentTo = ({ destination }: BrowserChallenge) =>
  `Enter the code that was sent to ${destination ?? "you"}.`;

const PAGES: ReadonlyMap<string, ChallengePage> = new Map(
  Object.entries<ChallengePage>({
    NEW_PASSWORD_REQUIRED: {
      title: "Choose a password",
      fields: ({ required }, visit) => html`<p>Your password works only once. Choose one of your own.</p>
${field({ name: "NEW_PASSWORD", label: "New password", type: "password", autocomplete: "new-password", hint: passwordHint(visit) })}
${required.map((name) => field({ name, label: attributeLabel(name.replace("userAttributes.", "")), autocomplete: "on" }))}
<button>Save and sign in</button>`,
    },
    SOFTWARE_TOKEN_MFA: code("Two steps to sign in", () => "Enter the code of your authenticator app."),
    SMS_MFA: code("Two steps to sign in", sentTo),
    EMAIL_OTP: code("Check your mail", sentTo),
    SMS_OTP: code("Check your phone", sentTo),
    SELECT_MFA_TYPE: {
      title: "Two steps to sign in",
      fields: ({ choices }) => html`<p>How do you want to prove that it is you?</p>
${choices.map((name) => html`<button class="other" name="ANSWER" value="${name}">${METHODS.get(name) ?? name}</button>`)}`,
    },
    MFA_SETUP: {
      title: "Set up an authenticator app",
      fields: ({
        secret = "",
        username,
      }) => html`<p>Add this key to your authenticator app, then enter the code that it shows.</p>
<p><code>${secret}</code></p>
<p><a href="${keyLink(username, secret)}">Open an authenticator app on this device</a></p>
<input type="hidden" name="secret" value="${secret}">
${field({ name: "code", label: "Code", autocomplete: "one-time-code", numeric: true })}
<button>Continue</button>`,
    },
  }),
);

/** The form that authenticator apps open: https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
const keyLink = (username: string, secret: string) =>
  `otpauth://totp/Local:${encodeURIComponent(username)}?${new URLSearchParams({ secret, issuer: "Local" })}`;

const METHODS: ReadonlyMap<string, string> = new Map([
  ["SOFTWARE_TOKEN_MFA", "Authenticator app"],
  ["SMS_MFA", "Text message"],
  ["EMAIL_OTP", "E-mail"],
]);

export function challengePage(visit: Visit, challenge: BrowserChallenge, error?: string): WebAnswer {
  // The name is the browser's.
  const known = PAGES.get(challenge.name);
  const hidden = html`<input type="hidden" name="challenge" value="${challenge.name}">
<input type="hidden" name="session" value="${challenge.session}">
<input type="hidden" name="username" value="${challenge.username}">
<input type="hidden" name="destination" value="${challenge.destination ?? ""}">
<input type="hidden" name="required" value="${challenge.required.join(" ")}">
<input type="hidden" name="choices" value="${challenge.choices.join(" ")}">`;
  return show(visit, {
    title: known?.title ?? "Sign in",
    error,
    body: html`${formTo(visit, "/challenge", html`${hidden}${known?.fields(challenge, visit)}`)}
<nav><a href="${linkTo(visit, "/login")}">Back to the sign-in</a></nav>`,
  });
}
