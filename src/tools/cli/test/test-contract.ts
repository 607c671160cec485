export interface TestJson {
  readonly passed: number;
  readonly failed: number;
  readonly files: readonly {
    readonly file: string;
    readonly empty: boolean; // files without suite and invariant; they count as failed
    readonly cases: readonly {
      readonly suite: string;
      readonly principal: string;
      readonly target: string; // a route or permission in the suite's spelling
      readonly line: number;
      readonly expected: "allow" | "deny";
      readonly effect: "allow" | "deny";
      readonly failure: string | null;
    }[];
    readonly invariants: readonly {
      readonly name: string;
      readonly line: number;
      readonly holds: boolean;
      readonly failure: string | null;
      readonly subjects: readonly string[]; // of the smallest token that breaks it
    }[];
  }[];
  readonly coverage: {
    readonly covered: number;
    readonly total: number;
    readonly percent: number; // of 100
    readonly rows: readonly {
      readonly file: string;
      readonly line: number;
      readonly row: string;
      readonly hits: number; // the number of decisions it determined
    }[];
  };
}
