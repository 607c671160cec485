import { directoryGroupDenied } from "../../../../../src/tools/lint/rules/directory-group-denied.ts";
import { found } from "../linting.ts";

describe("directory-group-denied", () => {
  it("finds a directory group that a deny row names, or one of its roles", () => {
    expect(
      found(directoryGroupDenied, [
        "g4, CorpSAML/Contractors, group:contractors",
        "g4, CorpSAML/Interns, group:interns",
        "p, group:contractors, x:y, deny",
        "g, group:interns, role:intern",
        "g, role:intern, role:guest",
        "p, role:guest, x:*, deny, {id}=sub",
      ]),
    ).toEqual([
      "1:27: `group:contractors` leads to the deny row `p, group:contractors, x:y, deny` at test.csv:3; a token without the directory's groups would escape it; deny a group of the pool, to which administrators add users, or give the permission to fewer groups",
      "2:23: `group:interns` leads to the deny row `p, role:guest, x:*, deny, {id}=sub` at test.csv:6; a token without the directory's groups would escape it; deny a group of the pool, to which administrators add users, or give the permission to fewer groups",
    ]);
  });

  it("follows the role of a tenant's group", () => {
    expect(
      found(directoryGroupDenied, [
        "g4, CorpSAML/Acme, group:acme.guests",
        "g, group:{tenantId}.guests, role:guest",
        "p, role:guest, x:y, deny",
      ]),
    ).toHaveLength(1);
  });

  it("accepts groups that only allow, and denies of other subjects", () => {
    expect(
      found(directoryGroupDenied, [
        "g4, CorpSAML/Staff, group:staff",
        "p, group:staff, x:y, allow",
        "p, role:authenticated, x:z, deny",
        "p, group:suspended, *, deny",
      ]),
    ).toEqual([]);
  });
});
