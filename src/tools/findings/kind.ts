import type { Severity } from "./finding.ts";

/**
 * When something can be found: in the files that people edit (policy, groups.yaml, serverless.yml), in what packaging
 * produces from them (template and parameters), or in what is deployed to AWS.
 */
const OCCASIONS = ["editing", "packaging", "deployed"] as const;

export type Occasion = (typeof OCCASIONS)[number];

/** What a finder may declare. For a danger, the first of its finders declares it. */
export interface Finder {
  readonly id: string;
  readonly severity?: Severity | undefined;
  readonly summary?: string | undefined;
  /** Of lint rules: `shape`, `values`, `references`, `structure`, `service`. */
  readonly category?: string | undefined;
}

/** One danger, independent of who finds it and when. */
export interface Kind {
  /** Kebab-case, stable; the name of its page in docs/rules. */
  readonly id: string;
  /** The severity of a finding unless the finder sets another. */
  readonly severity: Severity;
  /** One line: what it finds. */
  readonly summary: string;
  /** In the order of `OCCASIONS`. */
  readonly occasions: readonly Occasion[];
  /** The list of lint rules it belongs to, otherwise its occasions. It is at the top of its page. */
  readonly found: readonly string[];
  /**
   * Whether `lint.json` may switch it off. It may not where the finding keeps a policy from loading or a stage from
   * packaging.
   */
  readonly canBeOff: boolean;
}

/**
 * All kinds of finding, sorted by id. Several finders of one danger share its id; one of them describes it.
 *
 * @throws TypeError where no finder describes an id
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
