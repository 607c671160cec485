import { objectOf } from "../../json.ts";
import { preTokenGenerationOptions } from "../../lambda/trigger-configuration.ts";
import type { DirectoryProviders } from "../../triggers/directory-providers.ts";
import { knownText } from "../cloudformation/known-text.ts";
import { resourcesOf } from "../cloudformation/template.ts";
import type { ServiceIdentityProvider } from "./service.ts";
import type { ServicePlaces } from "./service-places.ts";
import { functionInUri, type ServiceSource } from "./service-source.ts";

const VARIABLE = "CLAIMGATE_DIRECTORIES";

/**
 * The directories that pre-token-generation reads; none if no function names any. Undefined if they are not known
 * before deployment, or cannot be read, which is a finding of its own.
 */
export function directoriesOf(source: ServiceSource): DirectoryProviders | undefined {
  const told = source.environments.flatMap((environment) => environment[VARIABLE] ?? []);
  const texts = told.map((value) => knownText(source, value));
  const [text, ...others] = new Set(texts);
  if (told.length === 0) return new Map();
  if (text === undefined || others.length > 0) return undefined;
  return directoriesIn(text);
}

/** The directories of the variable; undefined if it has an invalid value. */
function directoriesIn(text: string): DirectoryProviders | undefined {
  try {
    return preTokenGenerationOptions({ [VARIABLE]: text }).directories;
  } catch {
    return undefined;
  }
}

/**
 * The directory attributes that pre-sign-up refuses of a user who signs up. Undefined if only administrators create
 * users, or if it is not known which function is asked: for a pool of another stack, and for a trigger that is none of
 * these functions.
 */
export function signUpDirectoriesOf(source: ServiceSource): readonly string[] | undefined {
  const [pool, ...others] = resourcesOf(source, "AWS::Cognito::UserPool");
  if (pool === undefined || others.length > 0) return undefined;
  const { AdminCreateUserConfig: creation, LambdaConfig: triggers } = pool.properties;
  if (objectOf(creation)["AllowAdminCreateUserOnly"] === true) return undefined;
  const asked = functionInUri(source, objectOf(triggers)["PreSignUp"]);
  const told = source.functions.find(({ name }) => name === asked)?.environment[VARIABLE];
  if (asked === undefined) return undefined;
  const text = told === undefined ? "{}" : knownText(source, told);
  const directories = text === undefined ? undefined : directoriesIn(text);
  return directories && Array.from(directories.values(), ({ attribute }) => attribute);
}

/** The identity providers of the stack. A name that is not a string is a finding of its own. */
export function identityProvidersOf(
  source: ServiceSource,
  places: ServicePlaces,
): readonly ServiceIdentityProvider[] {
  return resourcesOf(source, "AWS::Cognito::UserPoolIdentityProvider").flatMap(({ id, properties }) => {
    const name = knownText(source, properties["ProviderName"]);
    if (name === undefined) return [];
    const attributes = Object.keys(objectOf(properties["AttributeMapping"]));
    return [{ name, attributes, at: places.at(["resources", "Resources", id]) }];
  });
}
