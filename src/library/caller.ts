// claimgate/caller: the caller of an event, for handlers behind an authorizer. docs/library.md
export { type Caller, type CallerContext, type CallerMode, readCaller } from "../authorizers/caller.ts";
