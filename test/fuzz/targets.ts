import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fillTokens } from "../../src/tools/local/personas/event-placeholders.ts";
import { mintToken } from "../../src/tools/local/personas/minting.ts";
import { personaNamed } from "../../src/tools/local/personas/personas.ts";
import { createPostConfirmation } from "../../src/triggers/post-confirmation.ts";
import { createPreSignUp } from "../../src/triggers/pre-sign-up.ts";
import { createPreTokenGeneration } from "../../src/triggers/pre-token-generation.ts";
import { createTrustedProviders } from "../../src/triggers/trusted-providers.ts";
import { nowSeconds, PERSONAS, POOL_KEY } from "../support/authorization.ts";
import { deployedHandler, EVENT_FOLDERS, type Handler } from "../support/deployed-functions.ts";
import { memoryDirectory } from "../support/memory-directory.ts";
import { samplePolicy } from "../support/policy.ts";
import { type Answered, answeredBy } from "./answers.ts";

/** A function under fire. */
export interface Target {
  readonly name: string;
  /** Sample events of it. The tokens in them are good ones of a persona who may nothing, or no good ones. */
  readonly hopeless: readonly unknown[];
  /** The same with the tokens that the samples mean. */
  readonly hopeful: readonly unknown[];
  readonly invoke: (event: unknown) => Promise<Answered>;
}

interface Sample {
  readonly file: string;
  readonly function: string;
}

/** Every function that a sample event is for: the deployed handlers, and the triggers with a pool in memory. */
export async function fuzzTargets(): Promise<readonly Target[]> {
  const samples = EVENT_FOLDERS.flatMap(samplesOf);
  const names = [...new Set(samples.map((sample) => sample.function))].sort();
  return Promise.all(
    names.map(async (name): Promise<Target> => {
      const texts = samples.filter((sample) => sample.function === name).map(({ text }) => text);
      const handler = TRIGGERS.get(name) ?? (await deployedHandler(name));
      return {
        name,
        hopeless: texts.flatMap((text) => [withTokens(text, "nobody"), JSON.parse(text) as unknown]),
        hopeful: texts.map((text) => withTokens(text, undefined)),
        invoke: (event) => answeredBy(() => handler(event)),
      };
    }),
  );
}

function samplesOf(folder: string): readonly (Sample & { readonly text: string })[] {
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as readonly Sample[];
  return manifest.map((sample) => ({ ...sample, text: readFileSync(join(folder, sample.file), "utf8") }));
}

/** The event with fresh tokens, all of one persona where it is given. */
function withTokens(text: string, everybody: string | undefined): unknown {
  return JSON.parse(
    fillTokens(text, (name, kind) => {
      const persona = personaNamed(PERSONAS, everybody ?? name);
      return mintToken(kind, persona, POOL_KEY, nowSeconds());
    }),
  );
}

// The deployed triggers call the user pool; here it is one in memory.
const TRIGGERS: ReadonlyMap<string, Handler> = new Map(Object.entries(triggers()));

function triggers(): Readonly<Record<string, Handler>> {
  const trustedProviders = createTrustedProviders(new Map([["Google", ["example.com"]]]));
  const policy = samplePolicy();
  const tools = {
    policy: () => policy,
    directory: () => memoryDirectory(),
    deadline: () => new AbortController().signal,
    now: () => new Date(0),
    log: (level: string, kind: string, fields: object) =>
      void process.stdout.write(`${JSON.stringify({ ...fields, level, kind })}\n`),
  };
  return {
    preSignUp: createPreSignUp({
      ...tools,
      options: () => ({ trustedProviders, autoConfirm: true, linkFederatedUsers: true }),
    }),
    postConfirmation: createPostConfirmation({ ...tools, options: () => ({ trustedProviders }) }),
    preTokenGeneration: createPreTokenGeneration({
      ...tools,
      options: () => ({
        trustedProviders,
        healGroups: true,
        scopePrefix: "orders-api/",
        copiedClaims: new Map([["tenant_id", "custom:tenant_id"]]),
        tokenBudget: 6_144,
      }),
    }),
  };
}
