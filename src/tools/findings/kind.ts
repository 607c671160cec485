import type { Severity } from "./finding.ts";

/**
 * When something can be found: in the files that people edit (policy, groups.yaml, serverless.yml), in what packaging
 * makes of them (template and parameters), in what AWS has.
 */
const OCCASIONS = ["editing", "packaging", "deployed"] as const;

export type Occasion = (typeof OCCASIONS)[number];

/** What may be said of a finder, and of a danger by the first of its finders. */
export interface Finder {
  readonly id: string;
  readonly severity?: Severity | undefined;
  readonly summary?: string | undefined;
  /** Of lint rules: `shape`, `values`, `references`, `structure`, `service`. */
  readonly category?: string | undefined;
}

/** One danger, whoever finds it and whenever. */
export interface Kind {
  /** Kebab-case, stable; the name of its page in docs/rules. */
  readonly id: string;
  /** What a finding has unless the finder says otherwise. */
  readonly severity: Severity;
  /** One line: what it finds. */
  readonly summary: string;
  /** In the order of `OCCASIONS`. */
  readonly occasions: readonly Occasion[];
  /** Where lint rules list it, and else its occasions; the head of its page has it. */
  readonly found: readonly string[];
  /** Whether `lint.json` may switch it off: what keeps a policy from loading or a stage from packaging it cannot. */
  readonly canBeOff: boolean;
}

/**
 * The kinds of what finders find, sorted by id. Several finders of one danger share its id; one of them says what it
 * is.
 *
 * @throws TypeError where none does
 */
export function kindsOf(
  finders: Readonly<Record<Occasion, readonly Finder[]>>,
  cannotBeOff: ReadonlySet<string>,
): readonly Kind[] {
  const ids = new Set(OCCASIONS.flatMap((occasion) => finders[occasion].map(({ id }) => id)));
  return [...ids].sort().map((id) => {
    const own = (occasion: Occasion) => finders[occasion].filter((finder) => finder.id === id);
    const said = OCCASIONS.flatMap(own).find(({ summary }) => summary !== undefined);
    if (said?.summary === undefined || said.severity === undefined) {
      throw new TypeError(`no finder describes \`${id}\``);
    }
    const occasions = OCCASIONS.filter((occasion) => own(occasion).length > 0);
    const found = occasions.map((occasion) =>
      occasion === "editing" ? (own(occasion)[0]?.category ?? occasion) : occasion,
    );
    const { summary, severity } = said;
    return { id, severity, summary, occasions, found, canBeOff: !cannotBeOff.has(id) };
  });
}
