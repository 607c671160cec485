import { claimsIn, listIn, textOfClaims } from "../../../../../src/tools/playground/state/persona-fields.ts";

test("a list is separated by commas, with or without the prefix that rows have", () => {
  expect(listIn(" support, group:staff,,support ,")).toEqual(["support", "staff"]);
  expect(listIn("")).toEqual([]);
});

test("each line is a claim, once it has a name and a value", () => {
  const claims = claimsIn("tenant_id = acme\nrole=a=b\nhalf\n=x\n");
  expect(claims).toEqual({ tenant_id: "acme", role: "a=b" });
  expect(claimsIn(textOfClaims(claims))).toEqual(claims);
});
