import type { Row } from "../../policy/row.ts";
import type { GroupSettings } from "../lint/groups-file.ts";
import { planGroups } from "../stack/from-policy/planned-group.ts";
import { policyScopes } from "../stack/from-policy/policy-scopes.ts";
import { type Archive, HANDLER } from "./archive.ts";
import type { FunctionVariable } from "./function-variables.ts";
import { type FunctionName, factsOf, type GatewaySettings, type TriggerSettings } from "./functions.ts";
import type { FunctionPermission } from "./permissions.ts";

/** `manifest.json` of `claimgate bundle`; schemas/bundle-manifest.schema.json describes it. */
export interface BundleManifest {
  /** Changes when a member is renamed or removed. */
  readonly manifestVersion: 1;
  /** The version of claimgate that made the archives. */
  readonly claimgate: string;
  readonly policyVersion: string;
  readonly functions: Readonly<Partial<Record<FunctionName, ManifestFunction>>>;
  /** The groups that the policy names, sorted; those that Cognito makes for an identity provider are left out. */
  readonly groups: readonly ManifestGroup[];
  /** The scopes of resource servers that the policy names or makes, sorted. */
  readonly scopes: readonly ManifestScope[];
}

interface ManifestFunction {
  readonly kind: "authorizer" | "trigger";
  readonly description: string;
  /** Relative to the manifest. */
  readonly archive: string;
  /** Base64, as CodeSha256 of Lambda and `source_code_hash` of Terraform. */
  readonly sha256: string;
  readonly bytes: number;
  readonly handler: string;
  readonly runtime: string;
  /** Any of them. */
  readonly architectures: readonly string[];
  /** Megabytes, a recommendation. */
  readonly memorySize: number;
  /** Seconds, a recommendation. */
  readonly timeout: number;
  readonly environment: Readonly<Record<string, FunctionVariable>>;
  readonly permissions: readonly FunctionPermission[];
  /** Of an authorizer. */
  readonly gateway?: GatewaySettings;
  /** Of a trigger. */
  readonly trigger?: TriggerSettings;
}

interface ManifestGroup {
  readonly name: string;
  /** From `groups.yaml`; null if it says nothing. */
  readonly description: string | null;
  readonly precedence: number | null;
}

interface ManifestScope {
  /** The identifier of the resource server. */
  readonly resourceServer: string;
  readonly name: string;
  /** Whether a `scope:` row names it, so that it has an effect in a machine's token. */
  readonly forMachines: boolean;
}

export interface ManifestInput {
  readonly claimgate: string;
  readonly policyVersion: string;
  readonly archives: readonly Archive[];
  readonly rows: readonly Row[];
  readonly groups: readonly GroupSettings[];
  /** Empty if pre-token-generation makes no scopes. */
  readonly scopePrefix: string;
  /** Undefined if there is one pool. */
  readonly poolAlias: string | undefined;
}

export function bundleManifest(input: ManifestInput): BundleManifest {
  const { claimgate, policyVersion, archives, rows, groups, scopePrefix, poolAlias } = input;
  return {
    manifestVersion: 1,
    claimgate,
    policyVersion,
    functions: Object.fromEntries(archives.map((archive) => [archive.name, functionOf(archive)])),
    groups: planGroups(rows, groups, {}, poolAlias).map(({ name, settings }) => ({
      name,
      description: settings?.description?.text ?? null,
      precedence: settings?.precedence?.number ?? null,
    })),
    scopes: policyScopes(rows, scopePrefix, poolAlias).flatMap(({ scope, forMachines }) => {
      // A name at a resource server has no slash; a scope without one belongs to Cognito, such as `openid`.
      const slash = scope.lastIndexOf("/");
      const [resourceServer, name] = [scope.slice(0, Math.max(slash, 0)), scope.slice(slash + 1)];
      return resourceServer === "" || name === "" ? [] : [{ resourceServer, name, forMachines }];
    }),
  };
}

function functionOf({ name, file, bytes, sha256 }: Archive): ManifestFunction {
  const { description, timeout, gateway, trigger, variables, permissions } = factsOf(name);
  return {
    kind: trigger === undefined ? "authorizer" : "trigger",
    description,
    archive: file,
    sha256,
    bytes: bytes.length,
    handler: HANDLER,
    runtime: "nodejs24.x",
    architectures: ["arm64", "x86_64"],
    memorySize: 512,
    timeout,
    environment: variables,
    permissions,
    ...(gateway && { gateway }),
    ...(trigger && { trigger }),
  };
}
