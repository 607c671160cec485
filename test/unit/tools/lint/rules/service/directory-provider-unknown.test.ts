import { directoryProviderUnknown } from "../../../../../../src/tools/lint/rules/service/directory-provider-unknown.ts";
import type { DirectoryProviders } from "../../../../../../src/triggers/directory-providers.ts";
import { found } from "./support.ts";

const CORP: DirectoryProviders = new Map([["CorpSAML", { attribute: "custom:groups", form: "ids" }]]);

describe("directory-provider-unknown", () => {
  it("finds a provider that no trigger reads, with the one that was probably meant", () => {
    expect(
      found(
        directoryProviderUnknown,
        "g4, CorpSaml/a, group:x\ng4, Okta/a, group:x\ng4, CorpSAML/a, group:y",
        {
          directories: CORP,
        },
      ),
    ).toEqual([
      "policies/test.csv:1:5: no trigger reads the groups of the identity provider `CorpSaml`; did you mean `CorpSAML/a`?",
      "policies/test.csv:2:5: no trigger reads the groups of the identity provider `Okta`; add it to `CLAIMGATE_DIRECTORIES` of pre-sign-up and pre-token-generation in serverless.yml (docs/federation.md)",
    ]);
  });

  it("finds rows where no directory is configured", () => {
    expect(found(directoryProviderUnknown, "g4, A/a, group:x", { directories: new Map() })).toHaveLength(1);
  });

  it("reads the provider after the alias of the stage's own pool, and leaves other pools alone", () => {
    const parts = { directories: CORP, poolAliases: ["main", "legacy"] };
    expect(
      found(
        directoryProviderUnknown,
        "g4, main/CorpSAML/a, group:main/x\ng4, legacy/Any/a, group:legacy/x\ng4, CorpSAML/a, group:main/x",
        parts,
      ),
    ).toEqual([
      "policies/test.csv:3:5: `CorpSAML/a` does not start with the alias of a user pool, so it gives no group; write `main/CorpSAML/a` or `legacy/CorpSAML/a`",
    ]);
  });

  it("finds nothing while the directories are not known", () => {
    expect(found(directoryProviderUnknown, "g4, A/a, group:x", {})).toEqual([]);
  });
});
