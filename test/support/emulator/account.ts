/** The account and region that the rehearsal deploys to. */
export const ACCOUNT = "111122223333";
export const REGION = "us-east-1";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The emulator takes an account number for the access key of that account's root user. */
export const CREDENTIALS: Credentials = { accessKeyId: ACCOUNT, secretAccessKey: "rehearsal" };
