/**
 * What can be wrong with a service that has `custom.claimgate`, besides the settings themselves. None of these can be
 * switched off: the service would not deploy, or its functions would not run.
 */
export const SERVICE_KINDS = [
  {
    id: "plugin-missing",
    severity: "error",
    summary: "`custom.claimgate` in a service whose `plugins` do not name `claimgate/serverless`",
  },
  {
    id: "event-authorizer",
    severity: "error",
    summary: "an event with an authorizer that the service does not have",
  },
  {
    id: "function-handler",
    severity: "error",
    summary: "a handler whose file is missing, that nothing builds, or whose archive lacks claimgate",
  },
  {
    id: "function-name",
    severity: "warning",
    summary: "a setting that declares a function whose name is nearly that of another one",
  },
] as const;
