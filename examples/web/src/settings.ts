/** One stage, as the env file of the build has it. */
export interface Settings {
  readonly REGION: string;
  readonly USER_POOL_ID: string;
  readonly CLIENT_ID: string;
  readonly DOMAIN: string;
  readonly USER_POOL_ENDPOINT: string;
  readonly API: string;
}

declare const SETTINGS: Settings;

export const settings = SETTINGS;

/** Where the app is, without a slash at the end: what the app client has as its callback and sign-out URL. */
export const here = location.origin;
