import { CheckLoop } from "../../../../../src/tools/cli/edit/check-loop.ts";
import { OpenProject } from "../../../../../src/tools/cli/edit/open-project.ts";

test("a check begins one turn after an edit, so that what was asked with the edit goes first", async () => {
  const turns: (() => void)[] = [];
  const turn = async () => {
    turns.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const project = new OpenProject({ directory: "/nowhere", policies: "/nowhere/policies" }, new Map());
  const checked: OpenProject[] = [];
  const loop = new CheckLoop({
    nextStep: () => new Promise((resolve) => turns.push(resolve)),
    checked: (one) => checked.push(one),
    failed: (error) => {
      throw error;
    },
  });
  loop.check([project]);
  await turn();
  expect(project.needsCheck).toBe(true);
  await turn();
  expect(project.needsCheck).toBe(false);
  expect(checked).toEqual([project]);
  await turn();
  expect(turns).toEqual([]);
});
