import { ConfigurationError } from "../../../errors.ts";
import { jsonIn, textMapOf, textOf } from "../../../json.ts";
import { FURTHER_POOLS, furtherPools } from "../../../lambda/further-pools.ts";
import { additionalIssuers } from "../../../lambda/issuers.ts";
import { own } from "../../../own-property.ts";
import { nearest } from "../../../policy/suggestion.ts";
import type { RevocationTarget } from "../../deployment/aws/revocation-list.ts";
import type { DeployedStack } from "../../deployment/deployed-stage.ts";
import { CommandError } from "../../machine/command-error.ts";
import type { StageArguments } from "../terminal/common-options.ts";

/** The options of `revoke`. */
export interface RevokeArguments extends StageArguments {
  readonly stage: string;
  readonly sub?: string;
  readonly tokenId?: string;
  readonly client?: string;
  readonly poolAlias?: string;
  readonly keepRefresh?: true;
  readonly dryRun?: true;
}

interface StageFacts {
  readonly params: ReadonlyMap<string, unknown>;
  readonly stack: DeployedStack;
}

/** A pool whose tokens are accepted, and its app clients by name. */
interface Pool {
  readonly userPoolId: string;
  readonly clients: Readonly<Record<string, string>>;
}

/** The selected target and its pool. @throws CommandError if that is unclear */
export function revocationTarget(options: RevokeArguments, facts: StageFacts): RevocationTarget {
  const { sub, tokenId, client, poolAlias } = options;
  const given = [sub, tokenId, client].filter((value) => value !== undefined);
  if (given.length !== 1) {
    throw usage(
      `the options name ${given.length === 0 ? "nothing" : "more than one thing"} to revoke`,
      "give exactly one of `--sub`, `--token-id` and `--client`",
    );
  }
  const own = ownPool(facts);
  const others = otherPools(facts);
  if (client !== undefined) return clientTarget(client, [own, ...others.map(({ pool }) => pool)]);
  const ownAlias = textOf(facts.params.get("poolAlias"));
  const pool =
    poolAlias === undefined || poolAlias === ownAlias
      ? own
      : others.find((one) => one.alias === poolAlias)?.pool;
  if (pool === undefined) {
    const aliases = ownAlias ? [ownAlias] : [];
    const known = [...aliases, ...others.map((one) => one.alias).filter((alias) => alias !== "")];
    throw usage(
      `no user pool of the stage has the alias \`${String(poolAlias)}\``,
      meantOr(String(poolAlias), known, `the aliases are: ${known.join(", ") || "none"}`),
    );
  }
  const { userPoolId } = pool;
  return sub === undefined
    ? { by: "sign-in", userPoolId, originJti: named("--token-id", tokenId ?? "") }
    : { by: "sub", userPoolId, sub: named("--sub", sub) };
}

function clientTarget(name: string, pools: readonly Pool[]): RevocationTarget {
  for (const { userPoolId, clients } of pools) {
    const clientId = own(clients, name);
    if (clientId !== undefined) return { by: "client", userPoolId, clientId };
  }
  const known = pools.flatMap(({ clients }) => Object.keys(clients));
  throw usage(
    `the stage has no app client \`${name}\``,
    meantOr(name, known, `its app clients are: ${known.join(", ")}`),
  );
}

function meantOr(name: string, known: readonly string[], otherwise: string): string {
  const meant = nearest(name, known);
  return meant === undefined ? otherwise : `did you mean \`${meant}\`?`;
}

function ownPool({ params, stack }: StageFacts): Pool {
  const userPoolId = stack.outputs.get("UserPoolId");
  if (userPoolId === undefined) {
    throw new CommandError("stack_missing", `the stack ${stack.name} has no output UserPoolId`, {
      fix: "deploy it again",
    });
  }
  const existing = textMapOf(parsed(params.get("existingAppClients")));
  return { userPoolId, clients: existing ?? clientsOf(stack) };
}

/** From outputs `WebClientId`, `ReportingClientId`: the name of an app client in lower case, as in rows. */
function clientsOf({ outputs }: DeployedStack): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...outputs].flatMap(([key, value]) => {
      const name = /^(\w+)ClientId$/.exec(key)?.[1];
      return name === undefined ? [] : [[name.slice(0, 1).toLowerCase() + name.slice(1), value]];
    }),
  );
}

/** As the authorizers read them. @throws CommandError if the parameter is invalid, which packaging also refuses */
function otherPools({ params }: StageFacts): readonly { readonly alias: string; readonly pool: Pool }[] {
  const value = params.get("additionalIssuers");
  try {
    const list = typeof value === "string" ? furtherPools({ [FURTHER_POOLS]: value }) : value;
    return additionalIssuers(list).map(({ poolAlias: alias = "", userPoolId, appClients }) => ({
      alias,
      pool: { userPoolId, clients: Object.fromEntries(appClients) },
    }));
  } catch (cause) {
    if (!(cause instanceof ConfigurationError)) throw cause;
    const message = `the stage parameter \`additionalIssuers\` is not valid: ${cause.message}`;
    throw new CommandError("service_unresolved", message, {
      cause,
      fix: "correct it in serverless.yml, or pass it with --param",
    });
  }
}

/** A JSON parameter: as a string, or already parsed by YAML. */
function parsed(value: unknown): unknown {
  return typeof value === "string" ? jsonIn(value) : value;
}

/** The characters of a `sub` and an `origin_jti`; quotes and backslashes would end the filter of a search. */
function named(option: string, value: string): string {
  if (/^[\w+.:@-]{1,256}$/.test(value)) return value;
  throw usage(`${option} is \`${value}\``, "give the unchanged claim of the token, such as a UUID");
}

function usage(message: string, fix: string): CommandError {
  return new CommandError("command_usage", message, { fix });
}
