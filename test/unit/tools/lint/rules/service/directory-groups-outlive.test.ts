import { directoryGroupsOutlive } from "../../../../../../src/tools/lint/rules/service/directory-groups-outlive.ts";
import type { DirectoryProviders } from "../../../../../../src/triggers/directory-providers.ts";
import { atLine, found } from "./support.ts";

const directories: DirectoryProviders = new Map([["Corp", { attribute: "custom:groups", form: "ids" }]]);
const client = (name: string, identityProviders: string[], hours: number | undefined) => ({
  name,
  at: atLine(7),
  scopes: [],
  writeAttributes: [],
  identityProviders,
  refreshSeconds: hours === undefined ? undefined : hours * 3600,
});

it("directory-groups-outlive finds clients of the provider whose tokens are refreshed for more than 24 hours", () => {
  const clients = [
    client("web", ["COGNITO", "Corp"], 168),
    client("day", ["Corp"], 24),
    client("native", ["COGNITO"], 720),
    client("unknown", ["Corp"], undefined),
  ];
  expect(found(directoryGroupsOutlive, "g4, Corp/a, group:a", { directories, clients })).toEqual([
    "serverless.yml:7:1: users of `Corp` may refresh the tokens of the app client `web` for 168 hours, with the groups of the last sign-in; set `RefreshTokenValidity` to at most 24 hours, or accept that a removed user keeps the groups that long",
  ]);
  expect(found(directoryGroupsOutlive, "", { directories, clients })).toEqual([]);
});
