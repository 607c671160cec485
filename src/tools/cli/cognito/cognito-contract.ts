export interface CognitoJson {
  readonly endpoint: string; // of the Cognito API: `http://127.0.0.1:9229`
  readonly userPoolId: string;
  readonly region: string;
  readonly issuer: string;
  readonly jwksUrl: string;
  readonly mailboxUrl: string;
  readonly clients: readonly CognitoClientJson[];
  readonly users: number;
}

export interface CognitoClientJson {
  readonly name: string;
  readonly id: string;
  readonly secret?: string;
  readonly signInUrl?: string; // for a browser, where the client has a callback and the flow `code`
}
