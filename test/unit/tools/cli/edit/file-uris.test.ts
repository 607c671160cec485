import { pathOfUri, samePath, uriOfPath } from "../../../../../src/tools/cli/edit/file-uris.ts";

describe("the path of a URI", () => {
  it("is decoded: blanks, letters of any script, signs that a URI reserves", () => {
    expect(pathOfUri("file:///home/my%20shop/k%C3%A4se%23/roles.csv", false)).toBe(
      "/home/my shop/käse#/roles.csv",
    );
    expect(uriOfPath("/home/my shop/käse#/roles.csv", false)).toBe(
      "file:///home/my%20shop/k%C3%A4se%23/roles.csv",
    );
  });

  it("is the same for every spelling of a Windows drive", () => {
    for (const uri of [
      "file:///c%3A/shop/roles.csv",
      "file:///C:/shop/roles.csv",
      "file:///c:/shop/roles.csv",
    ]) {
      expect(pathOfUri(uri, true)).toBe("c:\\shop\\roles.csv");
    }
    expect(uriOfPath("c:\\my shop\\roles.csv", true)).toBe("file:///c:/my%20shop/roles.csv");
  });

  it("has no slash at its end, but for the root", () => {
    expect(samePath("/home/shop/", false)).toBe("/home/shop");
    expect(samePath("/", false)).toBe("/");
    expect(samePath("C:\\", true)).toBe("c:\\");
  });

  it("is undefined for what is not a file on this machine", () => {
    for (const uri of [
      "untitled:Untitled-1",
      "git:/shop/roles.csv?x",
      "file:///a%2Fb",
      "file:///%E0%A4%A",
      "",
    ]) {
      expect(pathOfUri(uri, false)).toBeUndefined();
    }
  });
});
