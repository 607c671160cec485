// claimgate/client/react: components of React that show what a user may do. docs/front-end.md
export {
  AccessProvider,
  type AccessProviderProps,
  Can,
  type CanProps,
  useAccess,
  useCan,
} from "../client/react.ts";
