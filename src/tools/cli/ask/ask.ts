import { readFileSync } from "node:fs";
import type { App } from "../../../policy/app.ts";
import { type Explanation, explain, explainPermission } from "../../../policy/explain.ts";
import type { Policy } from "../../../policy/policy.ts";
import { isToolRoute } from "../../../policy/route.ts";
import { MACHINE, type Subject } from "../../../policy/subject.ts";
import { nearest } from "../../../policy/suggestion.ts";
import { hasBraces } from "../../../policy/tenant-group.ts";
import { readSubjects, readTarget, type Target, unknownSubjects } from "../../access/question.ts";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotRead } from "../../machine/file-reason.ts";
import type { CommonOptions } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import type { PolicyOptions } from "../terminal/policy-options.ts";
import { asking, policyOf, valuesOf } from "../terminal/read-policy.ts";
import { readToken, type TokenFacts } from "./read-token.ts";

/** The options of `can` and `explain`. */
export interface AskArguments extends CommonOptions, PolicyOptions {
  readonly claim?: readonly string[];
  readonly param?: readonly string[];
  /** Seconds since the sign-in. */
  readonly age?: number;
  readonly token?: string;
  readonly jwks?: string;
  readonly client?: string;
  readonly scope?: readonly string[];
}

/** A question and its answer. */
export interface Asked {
  readonly policy: Policy;
  readonly subjects: readonly Subject[];
  readonly target: Target;
  readonly explanation: Explanation;
  readonly token: TokenFacts | undefined;
  /** A sentence for each subject of the question that the policy does not name; it may be misspelled. */
  readonly unknown: readonly string[];
  /** The same for each value of a path parameter that the route lacks. */
  readonly unknownParameters: readonly string[];
}

/**
 * Asks the policy about SUBJECTS and a route or permission. With `--token` the subjects come from the token, and the
 * only argument is the route or permission.
 *
 * @throws CommandError for an invalid question, PolicyError
 */
export async function ask(context: Context, args: readonly string[], options: AskArguments): Promise<Asked> {
  const policy = policyOf(context, options);
  const token = options.token === undefined ? undefined : await tokenOf(options.token, options.jwks);
  const [first, second, ...more] = args;
  const asked = token === undefined ? second : first;
  if (
    first === undefined ||
    asked === undefined ||
    more.length > 0 ||
    (token !== undefined && second !== undefined)
  ) {
    throw new CommandError(
      "command_usage",
      token === undefined
        ? "expected two arguments: SUBJECTS, and ROUTE or PERMISSION"
        : "expected one argument with `--token`: ROUTE or PERMISSION",
      { fix: "put a route in quotes: 'GET /orders/{orderId}'" },
    );
  }
  const subjects = token?.subjects ?? asking(() => readSubjects(first));
  const target = asking(() => readTarget(policy, asked));
  const app = appAsked(policy, subjects, token, options);
  const claims = { ...token?.claims, ...valuesOf(options.claim) };
  const own = "route" in target ? target.parameters : {};
  const parameters = { ...own, ...valuesOf(options.param) };
  const time = Math.floor(Date.now() / 1000);
  const times = { time, authTime: options.age === undefined ? token?.authTime : time - options.age };
  const explanation =
    "route" in target
      ? explain(policy, { subjects, app, route: target.route, parameters, claims, ...times })
      : explainPermission(policy, {
          subjects,
          app,
          permission: target.permission,
          parameters,
          claims,
          ...times,
        });
  const patterns = subjects
    .filter(hasBraces)
    .map((subject) => `no token has the group \`${subject}\`; name that of one tenant`);
  const unknown = token === undefined ? [...unknownSubjects(policy, subjects), ...patterns] : [];
  const unknownParameters = parametersLacking(target, Object.keys(valuesOf(options.param)));
  return { policy, subjects, target, explanation, token, unknown, unknownParameters };
}

/**
 * The app of a user. A policy with `p3` rows decides nothing for a user without one.
 * @throws CommandError if it is missing, or the caller is a machine
 */
function appAsked(
  { apps }: Policy,
  subjects: readonly Subject[],
  token: TokenFacts | undefined,
  { client, scope }: AskArguments,
): App | undefined {
  const name = client?.replace(/^client:/, "");
  if (subjects.includes(MACHINE)) {
    if (client === undefined && scope === undefined) return undefined;
    throw new CommandError(
      "command_usage",
      "`--client` and `--scope` name the app of a user, but the caller is a machine",
      {
        fix: "a machine is its own app: leave them out",
      },
    );
  }
  if (name !== undefined) return { client: name, scopes: scope ?? token?.app?.scopes ?? [] };
  if (apps.size === 0) return token?.app;
  throw new CommandError(
    "command_usage",
    "the policy has `p3` rows, so the answer depends on the app that the user signed in to",
    {
      fix: `give the app with \`--client\`, such as \`--client ${[...apps.keys()].sort()[0] ?? "web"}\``,
    },
  );
}

/** A value for a parameter that the route lacks decides nothing; usually its name is misspelled. */
function parametersLacking(target: Target, given: readonly string[]): readonly string[] {
  if (!("route" in target) || isToolRoute(target.route)) return [];
  const own = [...target.route.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name = ""]) => name);
  return given
    .filter((name) => !own.includes(name))
    .map((name) => {
      const meant = nearest(name, own);
      const hint = meant === undefined ? "" : `; did you mean \`${meant}\`?`;
      return `\`${target.route}\` has no parameter \`${name}\`${hint}`;
    });
}

async function tokenOf(place: string, jwks: string | undefined): Promise<TokenFacts> {
  const read = (path: string, what: string): string => {
    try {
      return readFileSync(path === "-" ? 0 : path, "utf8");
    } catch (cause) {
      const name = path === "-" ? "standard input" : `\`${path}\``;
      throw new CommandError("command_usage", `the ${what} ${name} cannot be read: ${whyNotRead(cause)}`, {
        cause,
        fix: `give a file with ${what === "token" ? "only an access token" : "the JSON of the pool's key set"}, or \`-\` for standard input`,
      });
    }
  };
  const text = read(place, "token").trim();
  return readToken(text, jwks === undefined ? undefined : read(jwks, "key set"));
}
