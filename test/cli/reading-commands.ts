/** Every command that reads the policy. */
export const READING_COMMANDS: readonly (readonly string[])[] = [
  ["check"],
  ["fmt"],
  ["test"],
  ["can", "group:support", "GET /orders"],
  ["explain", "group:support", "GET /orders"],
  ["who-can", "GET /orders"],
  ["what-can", "group:support"],
  ["matrix"],
  ["diff", "policies"],
  ["replay", "log.json"],
  ["unused", "log.json", "--since", "7d"],
  ["report", "-o", "access.html"],
];
