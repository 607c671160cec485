export interface StopJson {
  readonly command: "stop" | "resume";
  readonly stage: string;
  readonly stack: string;
  readonly table: string;
  readonly outcome: "shown" | "planned" | "stopped" | "resumed";
  readonly permissions: readonly string[]; // what the options name; empty with --show
  // What is stopped afterwards, or would be; null if the entry cannot be read, which stops everything
  readonly stopped:
    | readonly {
        readonly permission: string;
        readonly by: string | null;
        readonly at: string | null; // ISO 8601
        readonly reason: string | null;
      }[]
    | null;
  readonly routes: readonly string[] | null; // routes of the policy that are then denied; null without a policy
  readonly publicRoutes: readonly string[] | null; // what a stop cannot reach: routes without an authorizer
  readonly notes: readonly string[];
}
