/** A call of the REST API, as far as the functions need it. */
export interface Request {
  readonly httpMethod: string;
  /** `/notes/{noteId}` */
  readonly resource: string;
  readonly pathParameters: Readonly<Record<string, string>> | null;
  readonly body: string | null;
}

export const routeOf = ({ httpMethod, resource }: Request): string => `${httpMethod} ${resource}`;
