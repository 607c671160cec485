export interface ExportOpenApiJson {
  readonly file: string; // as given
  readonly written: boolean; // false with --check, and if the file was current
  readonly stale: boolean; // whether the file was not what the policy says
  readonly operations: number; // of the policy, or of serverless.yml with --service
  readonly changed: readonly string[]; // operations that were written anew: `GET /orders`
  readonly unknown: readonly UnknownOperationJson[]; // with --into: operations that the policy does not have
  readonly missing: readonly string[]; // with --into: operations that the document does not have
  readonly leftOut: readonly LeftOutRouteJson[]; // routes that the document cannot have
}

interface UnknownOperationJson {
  readonly operation: string; // `GET /orders`
  readonly file: string;
  readonly line: number; // from 1
  readonly column: number; // from 1
  readonly isOutdated: boolean; // whether it has permissions of a former policy, which makes the file stale
}

interface LeftOutRouteJson {
  readonly route: string;
  readonly reason: string;
}
