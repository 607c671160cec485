/** Id -> the reason why its findings are switched off. */
export type Switches = ReadonlyMap<string, string>;

/** Id -> authorizer -> the reason why the findings about this authorizer alone are switched off. */
export type AuthorizerSwitches = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** An id that the configuration switches off. */
export interface SwitchedOff {
  readonly rule: string;
  /** Set if it is switched off for this authorizer alone. */
  readonly authorizer?: string;
  readonly reason: string;
  /** How many findings it hides; 0 means that the switch is not needed. */
  readonly hidden: number;
}

/** What is switched off, as reports name it: `cache-left-to-default of \`pool\``. */
export function switchName({ rule, authorizer }: Pick<SwitchedOff, "rule" | "authorizer">): string {
  return authorizer === undefined ? rule : `${rule} of \`${authorizer}\``;
}

/**
 * The findings that remain, and the switches with what they hide, sorted by id.
 *
 * @param looked the ids that were checked; for any other id it is unknown whether its switch is needed
 */
export function switched<T>(
  findings: readonly T[],
  idOf: (finding: T) => string,
  switches: Switches,
  looked: ReadonlySet<string>,
): { readonly shown: readonly T[]; readonly switchedOff: readonly SwitchedOff[] } {
  const hidden = findings.filter((finding) => switches.has(idOf(finding)));
  return {
    shown: findings.filter((finding) => !switches.has(idOf(finding))),
    switchedOff: [...switches]
      .filter(([rule]) => looked.has(rule))
      .map(([rule, reason]) => ({ rule, reason, hidden: hidden.filter((one) => idOf(one) === rule).length }))
      .sort((a, b) => (a.rule < b.rule ? -1 : 1)),
  };
}
