import type { App } from "../../policy/app.ts";
import type { Finding } from "../../policy/finding.ts";
import type { Subject } from "../../policy/subject.ts";
import type { Target } from "../access/question.ts";
import type { At } from "./yaml-reader.ts";

/** A named principal with the subjects and claims of its token. */
export interface Principal extends At {
  readonly name: string;
  readonly subjects: readonly Subject[];
  /** The app of a user. */
  readonly app: App | undefined;
  readonly claims: Readonly<Record<string, string>>;
  /** Seconds since the sign-in; undefined if unknown. */
  readonly age: number | undefined;
}

/** The target, as written. */
export interface AskedTarget extends At {
  readonly text: string;
  readonly target: Target;
}

/** Principals times routes or permissions: everything that `allow` does not list must be denied. */
export interface Suite extends At {
  readonly name: string;
  readonly principals: readonly Principal[];
  readonly targets: readonly AskedTarget[];
  readonly parameters: Readonly<Record<string, string>>;
  /** Name of a principal -> its allowed targets, in the spelling of `targets`. */
  readonly allow: ReadonlyMap<string, ReadonlySet<string>>;
  readonly because: readonly Reason[];
}

/** The expected reason of a decision. */
export interface Reason extends At {
  readonly principal: string;
  /** As the suite spells it. */
  readonly target: string;
  /** Must be among the determining rows. */
  readonly row: string | undefined;
  /** The permission that must be granted, one of those that open the route. */
  readonly granted: string | undefined;
}

/** A statement about every possible token. */
export interface Invariant extends At {
  readonly name: string;
  /** `apart`: the groups of one tenant give nothing in another. `apps`: no user through one of the apps. */
  readonly kind: "only" | "never" | "apart" | "apps";
  readonly subjects: readonly Subject[];
  /** For `apart`, the parameter that names the tenant. */
  readonly parameter?: string;
  /** For `apps`, the names of app clients, without prefix. */
  readonly apps: readonly string[];
  /** The targets: the listed ones, every route, every route that is not public, or every permission. */
  readonly reach: "listed" | "every-route" | "guarded-routes" | "every-permission";
  /** Empty if all of a kind are meant. */
  readonly targets: readonly AskedTarget[];
}

export interface TestFile {
  readonly file: string;
  readonly suites: readonly Suite[];
  readonly invariants: readonly Invariant[];
  readonly findings: readonly Finding[];
}
