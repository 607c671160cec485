import { jwksPath } from "../cognito-server/http/well-known.ts";
import type { DataDirectory } from "./data-directory.ts";
import { LOCAL } from "./identifiers.ts";
import { NO_CREDENTIALS } from "./no-credentials.ts";
import type { Ports } from "./ports.ts";

/** Variables that any program needs; the rest of the environment is left out: profiles, proxies, credentials. */
const INHERITED = [
  "APPDATA",
  "CLAIMGATE_BUNDLED_PLUGIN",
  "CLAIMGATE_POLICIES",
  "HOME",
  "LANG",
  "LC_ALL",
  "LOCALAPPDATA",
  "PATH",
  "PATHEXT",
  "SystemRoot",
  "TEMP",
  "TMP",
  "TMPDIR",
  "USERPROFILE",
];

type ParentEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of the framework and, through its plugin, of the functions: every endpoint is on this machine, and
 * no credentials can be found.
 */
export function childEnvironment(
  parent: ParentEnvironment,
  ports: Ports,
  data: DataDirectory,
): Record<string, string> {
  const cognito = `http://127.0.0.1:${ports.cognito}`;
  return {
    ...functionEnvironment(parent, data.root, cognito),
    CLAIMGATE_LOCAL_GATEWAYS: "own",
    CLAIMGATE_LOCAL_JWKS: `${cognito}${jwksPath(LOCAL)}`,
    CLAIMGATE_LOCAL_POLICY: data.policy,
    CLAIMGATE_ORDERS_FILE: data.orders,
  };
}

/**
 * The same for a function that runs alone, with the files of a data directory.
 *
 * @param pool the endpoint of its user pool
 */
export function functionEnvironment(
  parent: ParentEnvironment,
  data: string,
  pool: string,
): Record<string, string> {
  const inherited = INHERITED.flatMap((name) => {
    const value = parent[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(inherited),
    CLAIMGATE_LOCAL_DATA: data,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: pool,
    ...NO_CREDENTIALS,
    AWS_CONFIG_FILE: `${data}/no-aws-config`,
    AWS_SHARED_CREDENTIALS_FILE: `${data}/no-aws-credentials`,
    FORCE_COLOR: "0",
    NO_COLOR: "1",
  };
}
