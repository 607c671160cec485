import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Duration } from "aws-cdk-lib";
import type { IUserPool } from "aws-cdk-lib/aws-cognito";
import { Policy, PolicyStatement } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  Runtime,
  RuntimeFamily,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";

/** The part of `manifest.json` that this app uses. */
interface Manifest {
  readonly policyVersion: string;
  readonly functions: Readonly<Record<string, ManifestFunction>>;
  readonly groups: readonly {
    readonly name: string;
    readonly description: string | null;
    readonly precedence: number | null;
  }[];
}

interface ManifestFunction {
  readonly archive: string;
  readonly handler: string;
  readonly runtime: string;
  readonly memorySize: number;
  readonly timeout: number;
  readonly description: string;
  readonly environment: Readonly<
    Record<string, { readonly required: boolean; readonly default: string | null }>
  >;
  readonly permissions: readonly {
    readonly actions: readonly string[];
    readonly resource: "userPool" | "revocationTable";
    readonly when: Readonly<Record<string, string>>;
  }[];
}

type Variables = Readonly<Record<string, string>>;

/** What `claimgate bundle` wrote. */
export class ClaimgateBundle {
  readonly #folder: string;
  readonly manifest: Manifest;

  constructor(folder: string) {
    this.#folder = folder;
    this.manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Manifest;
  }

  /** A function of an archive. @throws RangeError if a variable is missing, or is not one of the function */
  function(scope: Construct, name: string, variables: Variables = {}): LambdaFunction {
    const facts = this.#factsOf(name);
    for (const [variable, { required }] of Object.entries(facts.environment)) {
      if (required && variables[variable] === undefined) throw new RangeError(`${name} needs ${variable}`);
    }
    const unknown = Object.keys(variables).find((variable) => facts.environment[variable] === undefined);
    if (unknown !== undefined) throw new RangeError(`${name} does not read ${unknown}`);
    return new LambdaFunction(scope, name, {
      description: facts.description,
      code: Code.fromAsset(join(this.#folder, facts.archive)),
      handler: facts.handler,
      runtime: new Runtime(facts.runtime, RuntimeFamily.NODEJS),
      architecture: Architecture.ARM_64,
      memorySize: facts.memorySize,
      timeout: Duration.seconds(facts.timeout),
      logGroup: new LogGroup(scope, `${name}Logs`, { retention: RetentionDays.THREE_MONTHS }),
      environment: { CLAIMGATE_POLICY_VERSION: this.manifest.policyVersion, ...variables },
    });
  }

  /**
   * The rights of a trigger on its pool, as a policy of its own: in the role they would close a circle of pool,
   * function and role.
   */
  grant(
    scope: Construct,
    name: string,
    to: LambdaFunction,
    pool: IUserPool,
    variables: Variables = {},
  ): void {
    const { environment, permissions } = this.#factsOf(name);
    const value = (variable: string) => variables[variable] ?? environment[variable]?.default;
    const statements = permissions
      .filter(({ resource }) => resource === "userPool")
      .filter(({ when }) => Object.entries(when).every(([variable, needed]) => value(variable) === needed))
      .map(({ actions }) => new PolicyStatement({ actions: [...actions], resources: [pool.userPoolArn] }));
    if (statements.length === 0 || to.role === undefined) return;
    new Policy(scope, `${name}OnPool`, { statements, roles: [to.role] });
  }

  #factsOf(name: string): ManifestFunction {
    const facts = this.manifest.functions[name];
    if (facts === undefined) throw new RangeError(`claimgate bundle wrote no ${name}; see --functions`);
    return facts;
  }
}
