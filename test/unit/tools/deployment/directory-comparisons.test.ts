import { directoryComparisons } from "../../../../src/tools/deployment/directory-comparisons.ts";
import { comparedStage, shortComparisons } from "../../../support/compared-stage.ts";

const CLAIMGATE_DIRECTORIES = '{"CorpSAML":{"attribute":"custom:groups","form":"ids"}}';
const OVER_OAUTH = {
  ClientName: "web",
  WriteAttributes: ["custom:groups"],
  ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
};
const mapping = (ProviderName: string, attribute = "custom:groups") => ({
  ProviderName,
  AttributeMapping: { [attribute]: "groups" },
});
const compared = (value: readonly ReturnType<typeof mapping>[], client: object = OVER_OAUTH) =>
  shortComparisons(
    directoryComparisons(
      comparedStage({ Trigger: { CLAIMGATE_DIRECTORIES } }, { identityProviders: { read: true, value } }),
      [{ ...client }],
    ),
  );

describe("the attribute with the groups of a directory", () => {
  it("is right if its provider alone maps it, and clients that may write it sign in over OAuth only", () => {
    expect(compared([mapping("CorpSAML"), mapping("Google", "email")])).toEqual([
      "ok directory-attribute-writable",
      "ok directory-attribute-unmapped CorpSAML",
    ]);
  });

  it("is wrong if another provider maps it too", () => {
    expect(compared([mapping("CorpSAML"), mapping("Partner")])).toContain(
      "fail directory-attribute-shared Partner",
    );
  });

  it("is wrong if its own provider does not map it", () => {
    expect(compared([mapping("CorpSAML", "email")])).toContain("fail directory-attribute-unmapped CorpSAML");
  });

  it("is right if the pool does not have the provider yet, and no other maps it", () => {
    expect(compared([])).toContain("ok directory-attribute-unmapped CorpSAML");
    expect(compared([mapping("Partner")])).toContain("fail directory-attribute-shared Partner");
  });

  it("is wrong if users of a client may write it after a sign-in by password", () => {
    expect(
      compared([mapping("CorpSAML")], { ...OVER_OAUTH, ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] }),
    ).toContain("fail directory-attribute-writable web");
  });
});
