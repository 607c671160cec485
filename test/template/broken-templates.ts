import { BROKEN_ACCESS } from "./broken/access.ts";
import { BROKEN_APIS } from "./broken/apis.ts";
import { BROKEN_CLIENTS } from "./broken/clients.ts";
import { BROKEN_POOLS } from "./broken/pools.ts";
import { BROKEN_STRUCTURES } from "./broken/structures.ts";
import { BROKEN_UPGRADES } from "./broken/upgrades.ts";
import type { Editable } from "./editing.ts";

/** One way to break the good template, and exactly who notices. */
export interface BrokenTemplate {
  /** What is wrong, in a few words. */
  readonly what: string;
  readonly breakIt: (template: Editable) => void;
  /** The checks of ours that find it, sorted; empty where cfn-lint alone does. */
  readonly checks: readonly string[];
  /** The rules of cfn-lint that find it, sorted; empty where it says nothing: that is why ours is there. */
  readonly rules: readonly string[];
  /** The resources that an update to it would replace, delete, abandon or fail on. */
  readonly replaced?: readonly string[];
  /** Lints the whole template and not only what changed: the rule looks at what refers to it. */
  readonly whole?: true;
}

export const BROKEN_TEMPLATES: readonly BrokenTemplate[] = [
  ...BROKEN_STRUCTURES,
  ...BROKEN_POOLS,
  ...BROKEN_CLIENTS,
  ...BROKEN_APIS,
  ...BROKEN_ACCESS,
  ...BROKEN_UPGRADES,
];
