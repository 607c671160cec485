// The part of React's types that claimgate/client/react needs. The package leaves it out: there, React's own apply.
declare module "react" {
  type ReactNode = unknown;
  interface ReactElement {
    readonly props: unknown;
  }
  interface Context<T> {
    readonly Provider: (props: { readonly value: T; readonly children?: ReactNode }) => ReactNode;
  }
  function createContext<T>(value: T): Context<T>;
  function createElement<P extends object>(type: (props: P) => ReactNode, props: P): ReactElement;
  function useContext<T>(context: Context<T>): T;
  function useMemo<T>(make: () => T, dependencies: readonly unknown[]): T;
}
