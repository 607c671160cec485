/** Why an edit was not made: the structure of the file is not the usual one. */
export class UneditableYaml extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UneditableYaml";
  }
}

export function shared(name: string): UneditableYaml {
  return new UneditableYaml(`\`${name}\` is part of an anchor, which others may use`);
}

export function unusual(path: readonly string[], expected: string): UneditableYaml {
  return new UneditableYaml(`\`${path.join(".")}\` is not ${expected} of this file`);
}
