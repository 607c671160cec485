import fc from "fast-check";
import { createAccess, type FrontEndPolicy } from "../../src/library/client.ts";
import { decidePermission } from "../../src/policy/decide.ts";
import { parsePolicy } from "../../src/policy/parse.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { userSubjects } from "../../src/policy/subject.ts";
import { frontEndPolicy } from "../../src/tools/front-end/front-end-policy.ts";
import { drawn } from "../support/drawn.ts";
import { decisionCase, type GeneratedRequest, spellRow } from "../support/generate-policy.ts";
import { policyOf } from "../support/judges.ts";

const NOW = 1_764_000_000.5;

/** The claims of a user's token with what the request says of its user. */
function claimsOf({ subjects, claims, authTime, app }: GeneratedRequest) {
  const sub = typeof claims["sub"] === "string" && claims["sub"] !== "" ? claims["sub"] : "nobody";
  return {
    ...claims,
    sub,
    username: "somebody",
    "cognito:groups": subjects.flatMap((one) =>
      one.startsWith("group:") ? [one.slice("group:".length)] : [],
    ),
    scope: (app?.scopes ?? []).join(" "),
    exp: Math.ceil(NOW) + 60,
    ...(authTime !== undefined && { auth_time: authTime }),
  };
}

const tokenOf = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`;

/** Whether the API allows it to the user of these claims; `alone` leaves out what rows say about single users. */
function isAllowed(
  policy: Policy,
  permission: string,
  { parameters, app }: GeneratedRequest,
  claims: ReturnType<typeof claimsOf>,
  alone = false,
): boolean {
  const subjects = userSubjects({ sub: claims.sub, groups: claims["cognito:groups"] });
  const { effect } = decidePermission(policy, {
    subjects: alone ? subjects.filter((one) => !one.startsWith("user:")) : subjects,
    permission,
    parameters,
    claims: { ...claims, token_use: "access" },
    authTime: claims.auth_time,
    time: NOW,
    app: app ?? { client: "undefined", scopes: [] },
  });
  return effect === "allow";
}

test("a browser offers no more than the API allows, and as much where every row of the permission leaves", () => {
  const counts = { equal: 0, allowed: 0, narrower: 0, wider: 0 };
  fc.assert(
    fc.property(decisionCase({ min: 6, max: 6 }), fc.boolean(), ({ rows, requests }, withLiterals) => {
      const policy = policyOf(rows);
      const text = rows.map(spellRow).join("\n");
      const parsed = parsePolicy([{ path: "policies/rows.csv", text }]).rows;
      const permissions = [...new Set([...policy.routeEntries.values()].flatMap((one) => one.permissions))];
      const literals = withLiterals ? ["userId", "tenantId", "__proto__", "constructor", "a.b-c"] : [];
      const mistakes: unknown[] = [];
      for (const request of requests) {
        const app = request.app?.client ?? "undefined";
        const { policy: part, inexact } = frontEndPolicy(parsed, { permissions, literals, app });
        const claims = claimsOf(request);
        const written = JSON.parse(JSON.stringify(part)) as FrontEndPolicy;
        const now = () => NOW;
        const byAccess = createAccess(written, tokenOf({ ...claims, token_use: "access" }), { now });
        const byId = createAccess(written, tokenOf({ ...claims, token_use: "id" }), { now });
        expect([byAccess.problem(), byId.problem()]).toEqual([undefined, undefined]);
        for (const permission of permissions) {
          const offered = byAccess.can(permission, request.parameters);
          const allowed = isAllowed(policy, permission, request, claims);
          const differs = new Set(
            inexact.flatMap((one) => (one.permission === permission ? [one.differs] : [])),
          );
          // Where a row about single users denies, it is the only reason why the API can allow less.
          const isRight =
            differs.size === 0
              ? offered === allowed
              : !offered ||
                allowed ||
                (differs.has("wider") && isAllowed(policy, permission, request, claims, true));
          const offeredById = byId.can(permission, request.parameters);
          if (!isRight || (offeredById && !offered)) {
            mistakes.push({ text, permission, request, written, offered, allowed, offeredById });
          }
          counts.equal += Number(differs.size === 0);
          counts.allowed += Number(offered);
          counts.narrower += Number(allowed && !offered);
          counts.wider += Number(offered && !allowed);
        }
      }
      expect(mistakes).toEqual([]);
    }),
    drawn(400),
  );
  // Each way to answer has to occur.
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0);
});
