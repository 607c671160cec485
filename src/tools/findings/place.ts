/** Where a finding is: in a file, in the packaged template, on the command line, or in AWS. */
export type FindingPlace = FilePlace | ResourcePlace | ParameterPlace | DeployedPlace;

/** A place in a file: the policy, `groups.yaml`, `lint.json`, serverless.yml. */
export interface FilePlace {
  readonly kind: "file";
  /** The path from the current directory. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units, as editors do. */
  readonly column: number;
}

/** A place in the packaged template. */
export interface ResourcePlace {
  readonly kind: "resource";
  /** Logical id of the resource or output; `Resources` or `Conditions` for a whole section. */
  readonly resource: string;
  /** Below `Properties`, keys joined by dots; empty for the whole resource. */
  readonly property: string;
}

/** A stage parameter that `--param` sets; one of serverless.yml has a place in the file. */
interface ParameterPlace {
  readonly kind: "parameter";
  readonly parameter: string;
}

/** Something that `doctor` compares: this machine, or a part of the deployment. */
interface DeployedPlace {
  readonly kind: "deployed";
  /** `pool`, `clients`, `apis` ...: an area of the report of `doctor`. */
  readonly area: string;
  /** A trigger, a client's name in the template, or a route; empty if there is only one. */
  readonly subject: string;
}

/** `policies/roles.csv:12:30`, `SmsRole.Policies`, `--param mfa`, `clients Web`. */
export function printPlace(place: FindingPlace): string {
  switch (place.kind) {
    case "file":
      return `${place.file}:${place.line}:${place.column}`;
    case "resource":
      return place.property === "" ? place.resource : `${place.resource}.${place.property}`;
    case "parameter":
      return `--param ${place.parameter}`;
    case "deployed":
      return place.subject === "" ? place.area : `${place.area} ${place.subject}`;
  }
}
