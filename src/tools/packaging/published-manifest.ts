/** A target of `exports` or `imports`: a path, or one for each condition. */
export type Target = string | { readonly [condition: string]: Target };

/** The members of the root's package.json that packaging reads. */
export interface RootManifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, Target>>;
  readonly imports: Readonly<Record<string, Target>>;
  readonly [member: string]: unknown;
}

/** What only serves the work on this repository. */
const OWN = ["private", "scripts", "devDependencies", "overrides"];

/** Conditions that lead to the sources, which the package does not have. */
const OWN_CONDITION = /^claimgate-/;

/** The package.json that is published. */
export function publishedManifest(root: RootManifest): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries({ ...root, exports: published(root.exports), imports: published(root.imports) }).filter(
      ([name]) => !OWN.includes(name),
    ),
  );
}

function published(target: Target): Target {
  if (typeof target === "string") return target;
  return Object.fromEntries(
    Object.entries(target)
      .filter(([condition]) => !OWN_CONDITION.test(condition))
      .map(([condition, inner]) => [condition, published(inner)]),
  );
}

/** The sources that the private imports lead to outside local builds. */
export function privateImports({ imports }: RootManifest): readonly string[] {
  return Object.values(imports).flatMap((target) => {
    const source = typeof target === "string" ? target : target["claimgate-source"];
    return typeof source === "string" ? [source.replace(/^\.\//, "")] : [];
  });
}
