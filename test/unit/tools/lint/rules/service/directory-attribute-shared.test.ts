import { directoryAttributeShared } from "../../../../../../src/tools/lint/rules/service/directory-attribute-shared.ts";
import type { DirectoryProviders } from "../../../../../../src/triggers/directory-providers.ts";
import { atLine, found } from "./support.ts";

const directories: DirectoryProviders = new Map([["Corp", { attribute: "custom:groups", form: "ids" }]]);
const provider = (name: string, attributes: string[], line: number) => ({
  name,
  attributes,
  at: atLine(line),
});

describe("directory-attribute-shared", () => {
  it("finds another provider that maps the attribute", () => {
    expect(
      found(directoryAttributeShared, "g4, Corp/a, group:a", {
        directories,
        identityProviders: [
          provider("Corp", ["email"], 3),
          provider("Partner", ["custom:groups"], 5),
          provider("Google", ["email"], 7),
        ],
      }),
    ).toEqual([
      "serverless.yml:5:1: `Partner` maps `custom:groups`, which is read as the groups of `Corp`; give each provider an attribute of its own",
    ]);
  });

  it("accepts one provider that maps it, and finds nothing without a row", () => {
    const identityProviders = [provider("Corp", ["custom:groups"], 3)];
    expect(
      found(directoryAttributeShared, "g4, Corp/a, group:a", { directories, identityProviders }),
    ).toEqual([]);
    expect(
      found(directoryAttributeShared, "", { directories, identityProviders: [provider("Corp", [], 3)] }),
    ).toEqual([]);
  });
});
