declare global {
  namespace Claimgate {
    /**
     * The names of your policy, as the file that `claimgate types` writes declares them: `permission`, `route`, `role`,
     * `group` and `client`. Empty without that file, so that every string is a name.
     */
    interface Names {}
  }
}

type NameOf<Kind extends string> =
  Claimgate.Names extends Readonly<Record<Kind, infer Name extends string>> ? Name : string;

/** A permission of your policy, `orders:read`; any string without the file of `claimgate types`. */
export type PermissionName = NameOf<"permission">;

/** A route of your policy, `GET /orders/{orderId}`; any string without the file of `claimgate types`. */
export type RouteName = NameOf<"route">;

/** A role of your policy, without `role:`; any string without the file of `claimgate types`. */
export type RoleName = NameOf<"role">;

/** A group of your policy, without `group:`; any string without the file of `claimgate types`. */
export type GroupName = NameOf<"group">;

/** An app client, without `client:`; any string without the file of `claimgate types`. */
export type ClientName = NameOf<"client">;

/** A tool of your policy, without `Tool.`; any string without the file of `claimgate types`. */
export type ToolName = string extends RouteName ? string : ToolOf<RouteName>;

type ToolOf<Route extends string> = Route extends `Tool.${infer Name}` ? Name : never;
