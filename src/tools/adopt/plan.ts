import { objectOf, textsOf } from "../../json.ts";
import type { PolicyFile } from "../../policy/compile.ts";
import type { GatewayKind, Service } from "../service/service.ts";
import { servicePlaces } from "../service/service-places.ts";
import type { ServiceSource } from "../service/service-source.ts";
import type { ReadIncluded } from "../service/written-service.ts";
import { clientChanges, leftovers, triggerNotes } from "./consequences.ts";
import { type FirstPolicy, firstPolicy } from "./first-policy.ts";
import { type Choices, givenToday } from "./given-today.ts";
import { exceptionNotes, lintExceptions, lintFile } from "./lint-exceptions.ts";
import { unmarkedPool } from "./marker-attribute.ts";
import { serviceAfter } from "./service-after.ts";
import { type ByHand, type FileEdit, serviceEdits } from "./service-edits.ts";
import { gatewaysOf, settingsFor, type Told, triggersFor } from "./settings.ts";
import { signUpNames } from "./sign-up-names.ts";

/** An existing service, as the framework and its files have it. */
export interface ExistingService {
  readonly source: ServiceSource;
  readonly service: Service;
  /** Whether serverless.yml has the plugin, and its settings. */
  readonly hasPlugin: boolean;
  readonly hasSettings: boolean;
  /** What the functions of claimgate need that run on Node; undefined if it is the runtime of all functions. */
  readonly runtime: string | undefined;
  /** The text of a file of the service by its path; undefined if it cannot be read. */
  readonly read: ReadIncluded;
}

/** Everything that adopting claimgate changes in a service. Nothing is written yet. */
export interface AdoptionPlan {
  /** New files, of the policy first; paths are relative to the service. */
  readonly files: readonly PolicyFile[];
  readonly edits: readonly FileEdit[];
  readonly byHand: readonly ByHand[];
  readonly policy: FirstPolicy;
  readonly gateways: readonly GatewayKind[];
  readonly triggers: readonly string[];
  /** The user pool of another stack, as in the settings, that `claimgate attach` has to connect with the triggers. */
  readonly attachTo: unknown;
  /** `custom.claimgate`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What is not as before, or not known, a sentence each. */
  readonly notes: readonly string[];
  /** What the settings still lack, a sentence each; among the notes too. */
  readonly missing: readonly string[];
  /** What the clients of the API have to change, a sentence each. */
  readonly clients: readonly string[];
}

/** The trigger that gives users the groups which they lack. */
const HEALER = "preTokenGeneration";

/**
 * What to change so that claimgate decides the routes that a native authorizer of API Gateway decides now, for the same
 * callers.
 *
 * @param model the text of `model.conf`
 */
export function adoptionPlan(
  existing: ExistingService,
  choices: Choices,
  told: Told,
  model: string,
): AdoptionPlan {
  const { source, service, runtime, read } = existing;
  const today = givenToday(source, service, choices, existing.hasSettings);
  const gateways = gatewaysOf(today.routes);
  const triggers = triggersFor(source, today, told);
  const settings = settingsFor(source, today, told);
  const signUp = signUpNames(source, settings.value["userPool"]);
  const policy = firstPolicy(today.routes, signUp);
  const functions = new Map<string, Readonly<Record<string, unknown>>>(
    runtime === undefined
      ? []
      : [...gateways.map((kind) => `${kind}Authorizer`), ...triggers]
          // A run before may have written it.
          .filter((key) => source.functions.every(({ name }) => name !== key))
          .map((key) => [key, { runtime }]),
  );
  if (triggers.includes(HEALER)) {
    // The users of a pool that exists were never given their groups by claimgate.
    functions.set(HEALER, { ...functions.get(HEALER), environment: { CLAIMGATE_HEAL_GROUPS: "false" } });
  }
  const { userPool } = settings.value;
  const unmarked = unmarkedPool(source, userPool, triggers);
  const wanted = {
    file: service.file,
    hasPlugin: existing.hasPlugin,
    settings: existing.hasSettings ? undefined : settings.value,
    functions,
    routes: today.routes,
    deployed: service.routes,
    unmarkedPool: unmarked?.id,
    places: servicePlaces(service.file, read(service.file) ?? "", read),
  };
  const { files, byHand } = serviceEdits(wanted, read);
  const after = serviceAfter(service, { policy, settings: settings.value });
  const exceptions = lintExceptions(after, policy);
  const written = [{ path: "model.conf", text: model }, ...policy.files, ...lintFile(exceptions)].map(
    ({ path, text }) => ({
      path: `${told.policies}/${path}`,
      text,
    }),
  );
  const missing = settings.missing.map((what) => `\`custom.claimgate\` still lacks ${what}`);
  return {
    files: written,
    edits: files,
    byHand,
    policy,
    gateways,
    triggers,
    attachTo: triggers.length === 0 || source.resources.has(String(userPool)) ? undefined : userPool,
    settings: settings.value,
    missing,
    notes: [
      ...today.notes,
      ...leftovers(today, source),
      ...exceptionNotes(exceptions),
      ...triggerNotes(triggers, signUp, unmarked),
      ...(existing.hasSettings ? missingGateways(source, gateways) : missing),
    ],
    clients: clientChanges(today),
  };
}

/** Gateways whose authorizer the settings of before do not declare, a sentence each. */
function missingGateways({ custom }: ServiceSource, gateways: readonly GatewayKind[]): readonly string[] {
  const { authorizers } = objectOf(custom["claimgate"]);
  const declared = Array.isArray(authorizers) ? textsOf(authorizers) : Object.keys(objectOf(authorizers));
  return gateways
    .filter((kind) => !declared.includes(kind))
    .map((kind) => `\`custom.claimgate.authorizers\` lacks \`${kind}\`, which its routes need now; add it`);
}
