export interface RevokeJson {
  readonly command: "revoke";
  readonly stage: string;
  readonly stack: string;
  readonly userPoolId: string;
  readonly table: string;
  readonly outcome: "planned" | "revoked";
  readonly key: string;
  readonly before: string | null; // ISO 8601; null if tokens are revoked regardless of when they were issued
  readonly forgottenAt: string;
  readonly refreshStopped: boolean; // refreshing no longer gives new tokens
  readonly notes: readonly string[];
}
