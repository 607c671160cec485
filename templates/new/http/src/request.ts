/** A call of the HTTP API (payload format 2.0), as far as the functions need it. */
export interface Request {
  /** `GET /notes` */
  readonly routeKey: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export const routeOf = ({ routeKey }: Request): string => routeKey;
