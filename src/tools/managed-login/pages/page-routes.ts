import { html } from "../../text/html.ts";
import { providersOf } from "../oauth/authorization-request.ts";
import type { OAuthState } from "../oauth/authorize-endpoint.ts";
import type { WebAnswer, WebHandler, WebRoutes } from "../route.ts";
import { takeAnswer } from "./answer-page.ts";
import { confirmPage, takeConfirmation } from "./confirm-page.ts";
import { confirmUser } from "./confirm-user.ts";
import {
  forgotPasswordPage,
  newPasswordPage,
  takeForgotPassword,
  takeNewPassword,
} from "./forgot-password-page.ts";
import { loginPage, takeLogin } from "./login-page.ts";
import { page } from "./page.ts";
import { signUpPage, takeSignUp } from "./sign-up-page.ts";
import { type ErrorPage, type Visit, type VisitHandler, visited } from "./visit.ts";

/** The pages of the sign-in, as managed login has them. */
export function pageRoutes(state: OAuthState): WebRoutes {
  const shown = (handler: (visit: Visit) => WebAnswer, onError: ErrorPage): WebHandler =>
    visited(
      state,
      ofOwnUsers((visit) => Promise.resolve(handler(visit))),
      onError,
    );
  const taken = (handler: VisitHandler, onError: ErrorPage): WebHandler =>
    visited(state, ofOwnUsers(handler), onError);
  const onLogin: ErrorPage = (visit, error) => loginPage(visit, { error });
  const onConfirm: ErrorPage = (visit, error) => confirmPage(visit, { error });
  const onNewPassword: ErrorPage = (visit, error) => newPasswordPage(visit, { error });
  return {
    "GET /login": visited(state, (visit) => Promise.resolve(loginPage(visit)), onLogin),
    "POST /login": taken(takeLogin, onLogin),
    "POST /challenge": taken(takeAnswer, onLogin),
    "GET /signup": shown((visit) => signUpPage(visit), signUpPage),
    "POST /signup": taken(takeSignUp, signUpPage),
    "GET /confirm": shown((visit) => confirmPage(visit), onConfirm),
    "POST /confirm": taken(takeConfirmation, onConfirm),
    "GET /confirmUser": confirmUser,
    "GET /forgotPassword": shown((visit) => forgotPasswordPage(visit), forgotPasswordPage),
    "POST /forgotPassword": taken(takeForgotPassword, forgotPasswordPage),
    "POST /confirmForgotPassword": taken(takeNewPassword, onNewPassword),
    "GET /error": errorShown,
  };
}

/** A page for users of the pool itself. A client without `COGNITO` signs in by other providers only. */
const ofOwnUsers =
  (handler: VisitHandler): VisitHandler =>
  (visit) =>
    providersOf(visit.authorization.client).includes("COGNITO")
      ? handler(visit)
      : Promise.resolve(loginPage(visit, { error: "This app signs in with other accounts only." }));

/** Why nobody can be sent back to an app. */
const errorShown: WebHandler = (_pool, { url }) => {
  const error = url.searchParams.get("error") ?? "unknown";
  const why = error === "redirect_mismatch" ? MISMATCH : "The request of the app cannot be answered.";
  return Promise.resolve(
    page({ title: "An error was encountered", error, body: html`<p>${why}</p>` }, { status: 400 }),
  );
};

const MISMATCH =
  "The address that the app wants its users back at is not one of its callback or sign-out URLs. It has to be the same to the letter.";
