import { isLocalCommand, isPackagingCommand } from "../../../../src/tools/packaging/local-command.ts";

describe("commands of the framework", () => {
  it.each([["offline"], ["offline", "start"], ["invoke", "local"]])("%s %s is local", (...commands) => {
    expect(isLocalCommand(commands)).toBe(true);
    expect(isPackagingCommand(commands)).toBe(false);
  });

  it.each([["package"], ["deploy"], ["deploy", "function"]])("%s %s packages", (...commands) => {
    expect(isLocalCommand(commands)).toBe(false);
    expect(isPackagingCommand(commands)).toBe(true);
  });

  it.each([["print"], ["info"], ["remove"], ["invoke"], ["deploy", "list"]])(
    "%s %s does neither",
    (...commands) => {
      expect(isLocalCommand(commands)).toBe(false);
      expect(isPackagingCommand(commands)).toBe(false);
    },
  );
});
