import { Amplify } from "aws-amplify";
import { fetchAuthSession, signIn, signInWithRedirect, signOut } from "aws-amplify/auth";
// Importing it is what makes Amplify listen for the return from the hosted pages.
// oxlint-disable-next-line import/no-unassigned-import
import "aws-amplify/auth/enable-oauth-listener";
import { run } from "./app.ts";
import { type SignIn, shownOf } from "./session.ts";
import { here, settings } from "./settings.ts";

// The sign-in with Amplify. Deployed, it goes to the hosted pages. Amplify writes `https://` in front of their domain,
// so on this machine, where they are at http, it proves the password itself (SRP), at the Cognito API.

const { USER_POOL_ID, CLIENT_ID, DOMAIN, USER_POOL_ENDPOINT } = settings;
const isLocal = DOMAIN.startsWith("http://");

Amplify.configure({
  Auth: {
    Cognito: {
      userPoolId: USER_POOL_ID,
      userPoolClientId: CLIENT_ID,
      ...(USER_POOL_ENDPOINT === "" ? {} : { userPoolEndpoint: USER_POOL_ENDPOINT }),
      loginWith: {
        oauth: {
          domain: DOMAIN.replace(/^https?:\/\//, ""),
          scopes: ["openid", "email", "profile"],
          redirectSignIn: [`${here}/callback`],
          redirectSignOut: [`${here}/`],
          responseType: "code",
        },
      },
    },
  },
});

const amplify: SignIn = {
  async current() {
    const { tokens } = await fetchAuthSession();
    if (tokens?.idToken === undefined) return undefined;
    return {
      ...shownOf(tokens.idToken.payload),
      accessToken: async () => (await fetchAuthSession()).tokens?.accessToken.toString() ?? "",
    };
  },

  async signIn() {
    if (!isLocal) return signInWithRedirect();
    const username = prompt("E-mail address", "alice@example.com");
    const password = username === null ? null : prompt("Password");
    if (username === null || password === null) return;
    const { nextStep } = await signIn({ username, password });
    if (nextStep.signInStep !== "DONE")
      throw new Error(`this example does not have the step ${nextStep.signInStep}`);
    location.assign("/");
  },

  async signOut() {
    await signOut();
    location.assign("/");
  },
};

await run(amplify);
