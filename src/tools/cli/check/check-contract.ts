/** One problem, wherever it was found. */
export interface FindingJson {
  readonly rule: string; // its id; docs/rules has a page for each
  readonly severity: "error" | "warning" | "info";
  readonly file?: string; // file, line and column: in files that people edit
  readonly line?: number; // from 1
  readonly column?: number; // from 1, in UTF-16 code units
  readonly resource?: string; // in the packaged template: a logical id
  readonly property?: string; // below its Properties; empty for the whole resource
  readonly parameter?: string; // a stage parameter
  readonly area?: string; // of a deployed stack: an area of the report of doctor
  readonly subject?: string; // a trigger, an app client, a route; empty if there is only one
  readonly message: string;
  readonly fix?: string;
  readonly suggestions?: readonly {
    // what was probably meant: applying it resolves the finding and adds none
    readonly meant: string;
    readonly edits: readonly {
      readonly file: string;
      readonly line: number; // like those of the finding
      readonly column: number;
      readonly length: number; // of the replaced text, in UTF-16 code units
      readonly text: string;
    }[];
  }[];
}

export interface CheckJson {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly findings: readonly (FindingJson & {
    // sorted by file, line, column and rule
    readonly fixable: boolean; // by --fix
  })[];
  readonly switchedOff: readonly {
    readonly rule: string;
    readonly authorizer?: string; // for this one alone
    readonly reason: string;
    readonly hidden: number;
  }[];
  readonly ignored: readonly {
    // by a comment above the row, or at the resource
    readonly rule: string;
    readonly file?: string;
    readonly line?: number; // of the row
    readonly resource?: string;
    readonly reason: string;
  }[];
  readonly fixed: readonly {
    // by --fix, which runs first
    readonly rule: string;
    readonly file: string;
    readonly line: number; // before the fix
    readonly before: string;
    readonly after: readonly string[]; // the new lines
  }[];
}

export interface FmtJson {
  readonly changed: readonly string[]; // files
  readonly written: boolean; // false with --check
}
