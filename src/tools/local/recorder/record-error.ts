/** Why an event is not saved as a sample, in words for the person who asked. */
export class RecordError extends Error {
  /** For programs: `name`, `exists`, `event`, `persona`, `run`, `write` */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "RecordError";
    this.code = code;
  }
}
