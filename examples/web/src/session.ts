/** Who is signed in: the ID token says who, the access token says what. */
export interface Session {
  readonly email: string;
  /** As pre-token-generation puts them into the ID token. */
  readonly roles: readonly string[];
  /** For the API; refreshed where it has to be. */
  accessToken(): Promise<string>;
}

/** How the app signs in. Each client has a file of its own. */
export interface SignIn {
  /** The session of this browser; undefined if nobody is signed in. */
  current(): Promise<Session | undefined>;
  signIn(): Promise<void>;
  signOut(): Promise<void>;
}

/** The parts of an ID token that the page shows. */
export function shownOf(claims: Readonly<Record<string, unknown>>): Pick<Session, "email" | "roles"> {
  const { email, roles } = claims;
  return {
    email: typeof email === "string" ? email : "somebody",
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === "string") : [],
  };
}
