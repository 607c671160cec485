/** The members of package.json that a release depends on. */
export interface ReleaseManifest {
  readonly version: string;
  readonly repository?: { readonly url: string };
}

/** Stands for the account that owns the repository, until one is decided. The one place is `repository.url`. */
const PLACEHOLDER = "OWNER";

/** `git+https://HOST/OWNER/NAME.git`, as npm writes it. */
const URL_PARTS = /^git\+(https:\/\/[^/]+\/([^/]+)\/([^/]+))\.git$/;

/**
 * The page of the repository, for links of the command; undefined while the owner is a placeholder, since such a link
 * leads nowhere.
 */
export function repositoryPage({ repository }: Pick<ReleaseManifest, "repository">): string | undefined {
  const [, page, owner] = URL_PARTS.exec(repository?.url ?? "") ?? [];
  return owner === PLACEHOLDER ? undefined : page;
}

/** What a release is made from. */
export interface Release {
  readonly manifest: ReleaseManifest;
  readonly changelog: string;
  /** The tag that starts it; undefined for one by hand. */
  readonly tag: string | undefined;
  /** `owner/name` of the repository that builds it; undefined outside CI. */
  readonly builtIn: string | undefined;
}

/** Why a release is refused, a message each; none if it is not. */
export function releaseRefusals({ manifest, changelog, tag, builtIn }: Release): readonly string[] {
  const { version, repository } = manifest;
  const [, , owner, name] = URL_PARTS.exec(repository?.url ?? "") ?? [];
  const refusals: string[] = [];
  if (owner === undefined) {
    refusals.push(
      "package.json: `repository.url` is missing or not of the form `git+https://github.com/ACCOUNT/claimgate.git`",
    );
  } else if (owner === PLACEHOLDER) {
    refusals.push(
      `package.json: \`repository.url\` has the placeholder \`${PLACEHOLDER}\`; write the GitHub account that owns the repository`,
    );
  } else if (builtIn !== undefined && builtIn !== `${owner}/${name}`) {
    refusals.push(
      `package.json: \`repository.url\` names \`${owner}/${name}\`, and \`${builtIn}\` builds this release; npm accepts provenance only if they are the same, in upper and lower case too`,
    );
  }
  if (tag !== undefined && tag !== `v${version}`) {
    refusals.push(
      `the tag is \`${tag}\` and \`version\` of package.json is \`${version}\`; expected the tag \`v${version}\``,
    );
  }
  if (!changelog.includes(`\n## [${version}]`)) {
    refusals.push(
      `CHANGELOG.md has no heading \`## [${version}]\`; name what is under \`## [Unreleased]\` so`,
    );
  }
  return refusals;
}
