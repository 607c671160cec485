/** Where the server tells of the users that match, and of one user by name, listed or not. */
export function directoryPath(search: string, user: string | undefined): string {
  return `/api/directory?${new URLSearchParams({ search, user: user ?? "" })}`;
}
