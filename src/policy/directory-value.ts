/**
 * A name of a provider. Cognito allows more, but `/` ends it in a row, and a name with a space cannot be told from a
 * slip. API reference, CreateIdentityProvider: ProviderName.
 */
const PROVIDER = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,32}$/u;

/** What is wrong with the first column of a `g4` row. */
interface DirectoryValueProblem {
  readonly offset: number;
  readonly message: string;
  readonly fix: string;
  /** What was probably meant. */
  readonly meant: string | undefined;
}

/** The provider, up to the first `/`, and the value of a directory group after it; undefined without a `/`. */
export function splitDirectoryValue(
  source: string,
): { readonly provider: string; readonly value: string } | undefined {
  const slash = source.indexOf("/");
  if (slash < 0) return undefined;
  return { provider: source.slice(0, slash), value: source.slice(slash + 1) };
}

/** What is wrong with `PROVIDER/VALUE`; undefined if nothing is. */
export function directoryValueProblem(source: string): DirectoryValueProblem | undefined {
  const split = splitDirectoryValue(source);
  if (split === undefined || !PROVIDER.test(split.provider) || split.value === "") {
    return {
      offset: 0,
      message: `\`${source}\` is not a group of a directory; expected \`PROVIDER/VALUE\``,
      fix: "write the name of the identity provider, `/`, and the value as the directory sends it",
      meant: undefined,
    };
  }
  const { provider, value } = split;
  const offset = provider.length + 1;
  if (value !== value.trim()) {
    return {
      offset,
      message: `the value of \`${source}\` begins with a space`,
      fix: "write the value right after the `/`",
      meant: `${provider}/${value.trim()}`,
    };
  }
  if (/^\[.*\]$/.test(value)) {
    return {
      offset,
      message: `\`${value}\` is a list of values; a \`g4\` row names one value`,
      fix: "write one row for each value, without brackets",
      meant: undefined,
    };
  }
  return undefined;
}
