export interface NewJson {
  readonly name: string; // of the service
  readonly directory: string;
  readonly files: readonly string[];
  readonly next: readonly string[];
}
