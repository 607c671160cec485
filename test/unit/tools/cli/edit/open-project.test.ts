import { OpenProject } from "../../../../../src/tools/cli/edit/open-project.ts";

test.each([
  ["/shop/serverless.yml", true],
  ["/shop/resources/pool.yaml", true],
  ["/shared/policies/roles.csv", true],
  ["/shop/node_modules/a/.travis.yml", false],
  ["/shop/README.md", false],
  ["/shopping/serverless.yml", false],
])("whether saving %s may change the service: %s", (path, expected) => {
  const project = new OpenProject({ directory: "/shop", policies: "/shared/policies" }, new Map());
  expect(project.mayChangeService(path)).toBe(expected);
});
