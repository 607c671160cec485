import type { AttributeConfig } from "../../cognito/config/pool-config.ts";
import { type Html, html } from "../../text/html.ts";
import type { WebAnswer } from "../route.ts";
import { accountCall } from "./account-call.ts";
import { attributeLabel } from "./attribute-label.ts";
import { loginPage, toPage } from "./login-page.ts";
import { field } from "./page.ts";
import { passwordHint } from "./password-hint.ts";
import { entered, formTo, linkTo, nameField, show, type Visit } from "./visit.ts";

/** The page of a new account: the name, a password, and the attributes that the pool requires. */
export function signUpPage(visit: Visit, error?: string): WebAnswer {
  const { label, type } = nameField(visit);
  const invalid = error !== undefined;
  return show(visit, {
    title: "Create an account",
    error,
    body: html`${formTo(
      visit,
      "/signup",
      html`${field({ name: "username", label, type, autocomplete: "username", value: entered(visit, "username"), invalid })}
${askedAttributes(visit).map((attribute) => attributeField(visit, attribute))}
${field({
  name: "password",
  label: "Password",
  type: "password",
  autocomplete: "new-password",
  hint: passwordHint(visit),
  invalid,
})}
<button>Create the account</button>`,
    )}
<nav><a href="${linkTo(visit, "/login")}">You have an account? Sign in</a></nav>`,
  });
}

/** Required attributes that are not the name itself, and an address for the code where the pool sends one. */
function askedAttributes({ pool: { config } }: Visit): readonly AttributeConfig[] {
  const names = new Set(config.usernameAttributes);
  return config.schema.filter(
    ({ name, required }) =>
      name !== "sub" &&
      !names.has(name) &&
      (required || (name === "email" && names.size === 0 && config.autoVerifiedAttributes.includes(name))),
  );
}

function attributeField(visit: Visit, { name }: AttributeConfig): Html {
  return field({
    name: `attribute.${name}`,
    label: attributeLabel(name),
    type: name === "email" ? "email" : "text",
    autocomplete: AUTOCOMPLETE[name] ?? "on",
    value: entered(visit, `attribute.${name}`),
  });
}

/** The words of HTML for what browsers fill in. */
const AUTOCOMPLETE: Readonly<Record<string, string>> = {
  email: "email",
  phone_number: "tel",
  name: "name",
  given_name: "given-name",
  family_name: "family-name",
  birthdate: "bday",
  address: "street-address",
  nickname: "nickname",
};

export async function takeSignUp(visit: Visit): Promise<WebAnswer> {
  const username = entered(visit, "username");
  const attributes = [...visit.form]
    .filter(([name, value]) => name.startsWith("attribute.") && value !== "")
    .map(([name, Value]) => ({ Name: name.slice("attribute.".length), Value }));
  const answer = await accountCall(visit, "SignUp", username, {
    Password: entered(visit, "password"),
    UserAttributes: attributes,
  });
  return answer["UserConfirmed"] === true
    ? loginPage(visit, { notice: "Your account is ready. Sign in with it." })
    : toPage(visit, "/confirm", username);
}
