import { type JsonObject, objectOf, textOf } from "../../json.ts";
import { waysAroundOAuth } from "../cloudformation/ways-around-oauth.ts";
import type { BothSides } from "./both-sides.ts";
import { type Comparison, type ComparisonMaker, comparisonsOn } from "./comparison.ts";
import type { DeployedPool } from "./deployed-stage.ts";
import { deployedVariables, jsonVariable } from "./deployed-variables.ts";
import { writersOf } from "./pool-update/marker.ts";

interface Directory {
  readonly provider: string;
  readonly attribute: string;
}

/** The attributes with the groups of directories, as the deployed triggers read them: who writes them. */
export function directoryComparisons(sides: BothSides, clients: readonly JsonObject[]): Comparison[] {
  const { pool } = sides.deployment;
  const directories = directoriesOf(sides);
  const attributes = new Set(directories.map(({ attribute }) => attribute));
  return [
    ...[...attributes].flatMap((attribute) => writerComparisons(attribute, clients)),
    ...(pool.read && pool.value !== undefined && directories.length > 0
      ? mappingComparisons(directories, pool.value.identityProviders)
      : []),
  ];
}

function directoriesOf({ deployment }: BothSides): readonly Directory[] {
  const directories = new Map<string, Directory>();
  for (const { variables } of deployedVariables(deployment)) {
    for (const [provider, settings] of Object.entries(jsonVariable(variables, "CLAIMGATE_DIRECTORIES"))) {
      const attribute = textOf(objectOf(settings)["attribute"]);
      if (attribute !== undefined) directories.set(`${provider} ${attribute}`, { provider, attribute });
    }
  }
  return [...directories.values()];
}

function writerComparisons(attribute: string, clients: readonly JsonObject[]): Comparison[] {
  const writers = clients.flatMap((client) => {
    const [writer] = writersOf(attribute, [client]);
    const [way] = waysAroundOAuth(client);
    return writer === undefined || way === undefined ? [] : [{ writer, way }];
  });
  if (writers.length === 0) {
    const message = `users may write ${attribute} over OAuth only`;
    return [comparisonsOn("clients").ok("directory-attribute-writable", message)];
  }
  return writers.map(({ writer, way }) =>
    comparisonsOn("clients", writer.client).wrong("fail", "directory-attribute-writable", {
      message: `its users may write ${attribute}, and so give themselves groups of their directory: ${way}`,
      fix: "remove the attribute from WriteAttributes, or let the client sign in over OAuth only",
    }),
  );
}

/** Exactly the provider of the directory maps its attribute. */
function mappingComparisons(
  directories: readonly Directory[],
  providers: DeployedPool["identityProviders"],
): Comparison[] {
  if (!providers.read) return [comparisonsOn("pool").unread("directory-attribute-shared", providers.why)];
  return directories.flatMap(({ provider, attribute }) => {
    const named = (name: string) => comparisonsOn("pool", name);
    const mapping = providers.value.filter((one) =>
      Object.hasOwn(objectOf(one["AttributeMapping"]), attribute),
    );
    const names = mapping.map(({ ProviderName }) => textOf(ProviderName) ?? "");
    const exists = providers.value.some(({ ProviderName }) => ProviderName === provider);
    return [
      ownMapping(named(provider), attribute, exists, names.includes(provider)),
      ...names
        .filter((name) => name !== provider)
        .map((name) =>
          named(name).wrong("fail", "directory-attribute-shared", {
            message: `it maps ${attribute}, which is read as the groups of ${provider}`,
            fix: "give each provider an attribute of its own",
          }),
        ),
    ];
  });
}

function ownMapping(about: ComparisonMaker, attribute: string, exists: boolean, maps: boolean): Comparison {
  if (maps) return about.ok("directory-attribute-unmapped", `it maps ${attribute}`);
  // A directory that is configured ahead of its provider has no users.
  if (!exists) return about.ok("directory-attribute-unmapped", "the pool has no such identity provider");
  return about.wrong("fail", "directory-attribute-unmapped", {
    message: `it does not map ${attribute}, so its users get no groups of their directory`,
    fix: "add the attribute to its attribute mapping, or correct CLAIMGATE_DIRECTORIES",
  });
}
