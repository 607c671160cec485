import { CognitoError } from "../../cognito/cognito-error.ts";
import type { Pool } from "../../cognito/pool.ts";
import type { Html } from "../../text/html.ts";
import { html } from "../../text/html.ts";
import { type AuthorizationRequest, judgeAuthorization } from "../oauth/authorization-request.ts";
import { errorPage, type OAuthState } from "../oauth/authorize-endpoint.ts";
import { redirect, type WebAnswer, type WebHandler, type WebRequest } from "../route.ts";
import { type CsrfToken, csrfToken, isOwnForm } from "./csrf.ts";
import { type PageContent, page } from "./page.ts";

/** A browser at one of the pages, on its way to an app. */
export interface Visit {
  readonly pool: Pool;
  readonly state: OAuthState;
  readonly request: WebRequest;
  /** Where the app wants its user back. */
  readonly authorization: AuthorizationRequest;
  /** What was entered; empty where a page is asked for. */
  readonly form: URLSearchParams;
  readonly csrf: CsrfToken;
}

export type VisitHandler = (visit: Visit) => Promise<WebAnswer>;

/** What {@link onError} shows: the page that the form was on, with the reason. */
export type ErrorPage = (visit: Visit, error: string) => WebAnswer | Promise<WebAnswer>;

/**
 * A page of the sign-in: it needs the parameters of `/oauth2/authorize`, and takes only forms that this server gave to
 * this browser.
 *
 * @param onError shows what the pool refused
 */
export function visited(state: OAuthState, handler: VisitHandler, onError: ErrorPage): WebHandler {
  return async (pool, request) => {
    const verdict = judgeAuthorization(pool.config, request.url.searchParams);
    if (verdict.kind === "page") return errorPage(verdict.error);
    if (verdict.kind === "back") return redirect(verdict.location);
    const form = new URLSearchParams(request.method === "POST" ? request.body : "");
    const csrf = csrfToken(request);
    const visit: Visit = { pool, state, request, authorization: verdict.request, form, csrf };
    if (request.method === "POST" && !isOwnForm(request, form)) {
      return onError(visit, "This form is out of date. Please try again.");
    }
    try {
      return await handler(visit);
    } catch (error) {
      if (!(error instanceof CognitoError)) throw error;
      return onError(visit, error.message);
    }
  };
}

/** The page of a visit. @param options `headers`: more than the CSRF cookie */
export function show({ authorization, csrf }: Visit, content: PageContent): WebAnswer {
  // An error is an answer to a form, not of the server: the browser shows it as any other page.
  return page(content, { leadsTo: authorization.redirectUri, headers: csrf.headers });
}

/** A form that leads to a page of the sign-in, with what the visit is about. */
export function formTo(visit: Visit, path: string, fields: Html): Html {
  return html`<form method="post" action="${linkTo(visit, path)}">
${visit.csrf.field}
${fields}
</form>`;
}

/** The address of another page of the sign-in. */
export const linkTo = ({ request }: Visit, path: string) => `${path}?${request.url.searchParams}`;

/** A member of the form; empty where it is missing, which the pool refuses by name. */
export const entered = ({ form }: Visit, name: string) => form.get(name) ?? "";

/** What the pool calls a user of this pool: an address, or a name. */
export function nameField({ pool: { config } }: Visit): {
  readonly label: string;
  readonly type: "email" | "text";
} {
  const [only, other] = config.usernameAttributes;
  if (only === "email" && other === undefined) return { label: "E-mail address", type: "email" };
  if (only === "phone_number" && other === undefined) return { label: "Phone number", type: "text" };
  return only === undefined
    ? { label: "Username", type: "text" }
    : { label: "E-mail address or phone number", type: "text" };
}
