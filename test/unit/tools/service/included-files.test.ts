import { includedFiles } from "../../../../src/tools/service/included-files.ts";

const names = (service: string, files: Readonly<Record<string, string>>) => [
  ...includedFiles(service, (name) => files[name]).keys(),
];

describe("the files that serverless.yml includes", () => {
  it("are found wherever they are included, also by one another", () => {
    const files = { "a.yml": "x: ${file(b.json)}", "b.json": '{"y":"${file(./a.yml):x, null}"}' };
    expect(names("resources:\n  - ${file(a.yml):Resources}\n  - ${file(missing.yml)}\n", files)).toEqual([
      "a.yml",
      "b.json",
    ]);
  });

  it("leave out programs, those outside the service, and those that a variable names", () => {
    const files = { "a.js": "", "../b.yml": "", "/c.yml": "", "d-dev.yml": "" };
    expect(
      names("[${file(a.js)}, ${file(../b.yml)}, ${file(/c.yml)}, ${file(d-${sls:stage}.yml)}]", files),
    ).toEqual([]);
  });
});
