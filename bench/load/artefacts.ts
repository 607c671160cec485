import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { objectOf, textOf } from "../../src/json.ts";
import type { Name } from "../../src/tools/cloudformation/intrinsics.ts";
import { readTemplate, resourcesOf, type Template } from "../../src/tools/cloudformation/template.ts";
import { textWith } from "../../src/tools/cloudformation/values.ts";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import { runServerless } from "../../test/support/serverless.ts";
import { copyService, type ServiceCopy } from "../../test/support/service-copy.ts";
import { unzip } from "../../test/support/unzip.ts";

/** A function as `sls package` made it, its archive unpacked. */
export interface Artefact {
  /** As serverless.yml names it. */
  readonly name: string;
  /** `src/handlers/http-authorizer.handler`. */
  readonly handler: string;
  readonly folder: string;
  readonly memorySize: number;
  /** Of the template, with the ids that this pool has. */
  readonly environment: Readonly<Record<string, string>>;
}

/** One version of the service. */
export interface Version {
  readonly artefacts: ReadonlyMap<string, Artefact>;
  /** The folder of its policy. */
  readonly policies: string;
  /** What the template says; each answer must repeat it. */
  readonly policyVersion: string;
}

/** Everything that guards something is switched on. */
const PARAMETERS = [
  "websocketApi",
  "sharedAuthorizers",
  "restTokenAuthorizer",
  "httpV1Authorizer",
  "httpPolicyAuthorizer",
  "appSyncAuthorizer",
];

/** The values of `Ref`, which AWS would know. */
const REFERENCES: ReadonlyMap<string, string> = new Map([
  ["UserPool", LOCAL.userPoolId],
  ["WebClient", LOCAL.appClients.web],
  ["ReportingClient", LOCAL.appClients.reporting],
]);

/**
 * Packages a copy of the service with `sls package` and unpacks its archives.
 *
 * @param folder of the copy and of what is packaged
 * @param change is made before, to the policy
 * @throws Error with what the framework printed, if it failed
 */
export async function packageVersion(
  folder: string,
  change: (service: ServiceCopy) => void = () => undefined,
): Promise<Version> {
  mkdirSync(folder, { recursive: true });
  const service = copyService(join(folder, "service"));
  change(service);
  const output = join(folder, "package");
  const parameters = PARAMETERS.flatMap((name) => ["--param", `${name}=true`]);
  const run = await runServerless(
    ["package", "--package", output, ...parameters],
    service.folder,
    {},
    120_000,
  );
  if (run.code !== 0) throw new Error(`\`sls package\` failed:\n${run.output}`);
  const file = join(output, "cloudformation-template-update-stack.json");
  const artefacts = unpacked(readTemplate(JSON.parse(readFileSync(file, "utf8"))), output, folder);
  const [first] = artefacts.values();
  const policyVersion = first?.environment["CLAIMGATE_POLICY_VERSION"];
  if (policyVersion === undefined) throw new Error("the template has no CLAIMGATE_POLICY_VERSION");
  return { artefacts, policies: join(service.folder, "policies"), policyVersion };
}

function unpacked(template: Template, output: string, folder: string): ReadonlyMap<string, Artefact> {
  const artefacts = resourcesOf(template, "AWS::Lambda::Function").flatMap(({ properties }): Artefact[] => {
    // `claimgate-dev-httpAuthorizer`
    const name = textOf(properties["FunctionName"])?.split("-").at(-1) ?? "";
    if (!/Authorizer$|^preTokenGeneration$/.test(name)) return [];
    const environment = environmentOf(objectOf(properties["Environment"])["Variables"]);
    const [handler, memorySize] = [String(properties["Handler"]), Number(properties["MemorySize"])];
    const root = join(folder, "task", name);
    for (const [path, text] of unzip(readFileSync(join(output, `${name}.zip`)))) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return [{ name, handler, folder: root, memorySize, environment }];
  });
  return new Map(artefacts.map((artefact) => [artefact.name, artefact]));
}

function environmentOf(variables: unknown): Readonly<Record<string, string>> {
  const known = ({ id }: Name) => REFERENCES.get(id);
  const entries = Object.entries(objectOf(variables)).map(([name, value]) => {
    const text = textWith(value, known);
    if (text === undefined) throw new Error(`variable \`${name}\` refers to what this pool does not have`);
    return [name, text] as const;
  });
  return Object.fromEntries(entries);
}
