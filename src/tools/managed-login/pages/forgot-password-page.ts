import { objectOf, textOf } from "../../../json.ts";
import { html } from "../../text/html.ts";
import type { WebAnswer } from "../route.ts";
import { accountCall } from "./account-call.ts";
import { loginPage } from "./login-page.ts";
import { field } from "./page.ts";
import { passwordHint } from "./password-hint.ts";
import { entered, formTo, linkTo, nameField, show, type Visit } from "./visit.ts";

/** The page that asks whose password is forgotten. */
export function forgotPasswordPage(visit: Visit, error?: string): WebAnswer {
  const username = visit.form.get("username") ?? visit.request.url.searchParams.get("username") ?? "";
  const { label, type } = nameField(visit);
  return show(visit, {
    title: "Reset your password",
    error,
    body: html`<p>You get a code to choose another password with.</p>
${formTo(
  visit,
  "/forgotPassword",
  html`${field({ name: "username", label, type, autocomplete: "username", value: username, invalid: error !== undefined })}
<button>Send me a code</button>`,
)}
<nav><a href="${linkTo(visit, "/login")}">Back to the sign-in</a></nav>`,
  });
}

export async function takeForgotPassword(visit: Visit): Promise<WebAnswer> {
  const answer = await accountCall(visit, "ForgotPassword", entered(visit, "username"));
  const destination = textOf(objectOf(answer["CodeDeliveryDetails"])["Destination"]);
  return newPasswordPage(visit, { notice: `A code was sent to ${destination ?? "you"}.` });
}

/** The page of the code and the next password. */
export function newPasswordPage(
  visit: Visit,
  said: { readonly error?: string; readonly notice?: string },
): WebAnswer {
  return show(visit, {
    title: "Reset your password",
    ...said,
    body: html`${formTo(
      visit,
      "/confirmForgotPassword",
      html`<input type="hidden" name="username" value="${entered(visit, "username")}">
${field({ name: "code", label: "Code", autocomplete: "one-time-code", numeric: true, invalid: said.error !== undefined })}
${field({
  name: "password",
  label: "New password",
  type: "password",
  autocomplete: "new-password",
  hint: passwordHint(visit),
})}
<button>Change the password</button>`,
    )}
<nav><a href="${linkTo(visit, "/login")}">Back to the sign-in</a></nav>`,
  });
}

export async function takeNewPassword(visit: Visit): Promise<WebAnswer> {
  await accountCall(visit, "ConfirmForgotPassword", entered(visit, "username"), {
    ConfirmationCode: entered(visit, "code").trim(),
    Password: entered(visit, "password"),
  });
  return loginPage(visit, { notice: "Your password is changed. Sign in with it." });
}
