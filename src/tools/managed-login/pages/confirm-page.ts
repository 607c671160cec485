import { html } from "../../text/html.ts";
import type { WebAnswer } from "../route.ts";
import { accountCall } from "./account-call.ts";
import { loginPage } from "./login-page.ts";
import { field } from "./page.ts";
import { entered, formTo, linkTo, nameField, show, type Visit } from "./visit.ts";

/** The page of the code that proves an address. */
export function confirmPage(
  visit: Visit,
  said: { readonly error?: string; readonly notice?: string } = {},
): WebAnswer {
  const username = visit.form.get("username") ?? visit.request.url.searchParams.get("username") ?? "";
  const { label, type } = nameField(visit);
  return show(visit, {
    title: "Confirm your account",
    ...said,
    body: html`<p>Enter the code that was sent to you.</p>
${formTo(
  visit,
  "/confirm",
  html`${field({ name: "username", label, type, autocomplete: "username", value: username })}
${field({ name: "code", label: "Code", autocomplete: "one-time-code", numeric: true, invalid: said.error !== undefined })}
<button>Confirm</button>
<button class="other" name="again" value="yes" formnovalidate>Send another code</button>`,
)}
<nav><a href="${linkTo(visit, "/login")}">Back to the sign-in</a></nav>`,
  });
}

export async function takeConfirmation(visit: Visit): Promise<WebAnswer> {
  const username = entered(visit, "username");
  if (entered(visit, "again") === "yes") {
    await accountCall(visit, "ResendConfirmationCode", username);
    return confirmPage(visit, { notice: "Another code is on its way. The old one is no longer valid." });
  }
  await accountCall(visit, "ConfirmSignUp", username, { ConfirmationCode: entered(visit, "code").trim() });
  return loginPage(visit, { notice: "Your account is confirmed. Sign in with it." });
}
