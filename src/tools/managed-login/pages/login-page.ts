import { signInByPassword, startSignIn } from "../../cognito/auth/start-sign-in.ts";
import { CognitoError } from "../../cognito/cognito-error.ts";
import { type Html, html } from "../../text/html.ts";
import { providersOf } from "../oauth/authorization-request.ts";
import { redirect, type WebAnswer } from "../route.ts";
import { goOn } from "./go-on.ts";
import { field } from "./page.ts";
import { providerLabel } from "./provider-label.ts";
import { entered, formTo, linkTo, nameField, show, type Visit } from "./visit.ts";

/** The sign-in page. */
export function loginPage(
  visit: Visit,
  said: { readonly error?: string; readonly notice?: string } = {},
): WebAnswer {
  const providers = providersOf(visit.authorization.client);
  const others = providers.filter((name) => name !== "COGNITO");
  const own = providers.includes("COGNITO");
  return show(visit, {
    title: "Sign in",
    ...said,
    body: html`${others.length === 0 ? undefined : providerLinks(visit, others)}
${own && others.length > 0 ? html`<p class="or">or</p>` : undefined}
${own ? passwordForm(visit, said.error !== undefined) : undefined}`,
  });
}

function providerLinks(visit: Visit, providers: readonly string[]): Html {
  const address = (name: string) => {
    const parameters = new URLSearchParams(visit.request.url.searchParams);
    parameters.set("identity_provider", name);
    return `/oauth2/authorize?${parameters}`;
  };
  const links = providers.map(
    (name) => html`<a class="button other" href="${address(name)}">Continue with ${providerLabel(name)}</a>`,
  );
  return html`<div class="providers">${links}</div>`;
}

function passwordForm(visit: Visit, invalid: boolean): Html {
  const { pool, authorization } = visit;
  const { label, type } = nameField(visit);
  const username = visit.form.get("username") ?? authorization.loginHint;
  const byMail = pool.config.firstFactors.includes("EMAIL_OTP");
  return html`${formTo(
    visit,
    "/login",
    html`${field({ name: "username", label, type, autocomplete: "username", value: username, invalid })}
${field({ name: "password", label: "Password", type: "password", autocomplete: "current-password", invalid })}
<button>Sign in</button>
${byMail ? html`<button class="other" name="factor" value="EMAIL_OTP" formnovalidate>Send me a code instead</button>` : undefined}`,
  )}
<nav>
<a href="${linkTo(visit, "/forgotPassword")}">Forgot your password?</a>
${pool.config.adminCreateUserOnly ? undefined : html`<a href="${linkTo(visit, "/signup")}">Create an account</a>`}
</nav>`;
}

/** Takes name and password, and goes on with what the pool asks for next. */
export async function takeLogin(visit: Visit): Promise<WebAnswer> {
  const { pool, authorization } = visit;
  const call = { pool, client: authorization.client };
  const username = entered(visit, "username");
  try {
    const step =
      entered(visit, "factor") === "EMAIL_OTP"
        ? await startSignIn(call, "USER_AUTH", { USERNAME: username, PREFERRED_CHALLENGE: "EMAIL_OTP" })
        : await signInByPassword(call, username, entered(visit, "password"));
    return await goOn(visit, step);
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    if (error.code === "UserNotConfirmedException") return toPage(visit, "/confirm", username);
    if (error.code === "PasswordResetRequiredException") return toPage(visit, "/forgotPassword", username);
    throw error;
  }
}

/** Another page, with the name that was entered. */
export function toPage(visit: Visit, path: string, username: string): WebAnswer {
  const parameters = new URLSearchParams(visit.request.url.searchParams);
  parameters.set("username", username);
  return redirect(`${path}?${parameters}`, visit.csrf.headers);
}
