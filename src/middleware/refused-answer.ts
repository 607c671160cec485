import type { Checked } from "./check-permission.ts";

/** The answer of a function behind a gateway. */
export interface RefusedAnswer {
  readonly statusCode: 401 | 403;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON with one word. */
  readonly body: string;
}

/** A check that refuses. */
export type Refused = Extract<Checked, { readonly allowed: false }>;

const WORDS = { 401: "Unauthorized", 403: "Forbidden" } as const;

/** The one word for clients. */
export function wordOf(status: 401 | 403): string {
  return WORDS[status];
}

/** 401 if signing in again helps, else 403. */
export function statusOf({ refusal }: Pick<Refused, "refusal">): 401 | 403 {
  return refusal === "token_expired" || refusal === "sign_in_too_old" || refusal === "token_refused"
    ? 401
    : 403;
}

/** What the client is told of a refusal, whatever framework answers. */
export function refusedAnswer(refused: Refused): RefusedAnswer {
  const statusCode = statusOf(refused);
  const challenge = challengeOf(refused);
  return {
    statusCode,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      ...(challenge === undefined ? {} : { "www-authenticate": challenge }),
    },
    body: JSON.stringify({ message: wordOf(statusCode) }),
  };
}

/**
 * RFC 9470, section 3: the client signs the user in again, with this `max_age`. RFC 6750, section 3: the client lacks a
 * token that counts.
 */
function challengeOf({ refusal, acceptedAge, code }: Refused): string | undefined {
  if (acceptedAge !== undefined) {
    return `Bearer error="insufficient_user_authentication", error_description="a more recent sign-in is required", max_age="${acceptedAge}"`;
  }
  if (refusal !== "token_refused") return undefined;
  return code === "token_missing" ? "Bearer" : 'Bearer error="invalid_token"';
}
