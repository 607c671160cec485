import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DecisionCase } from "../support/generate-policy.ts";
import { compareJudges } from "../support/judges.ts";

const FOLDER = "test/corpus/decisions";

describe("the kept decision cases", () => {
  it.each(readdirSync(FOLDER).filter((name) => name.endsWith(".json")))(
    "%s: the judges agree",
    async (name) => {
      const one = JSON.parse(readFileSync(join(FOLDER, name), "utf8")) as DecisionCase;
      expect((await compareJudges(one, true)).differences).toEqual([]);
    },
  );
});
