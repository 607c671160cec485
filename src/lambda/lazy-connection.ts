/** Connects on the first call and keeps the connection, since an SDK loads slowly. */
export function lazyConnection<T>(connect: () => Promise<T>): () => Promise<T> {
  let connection: Promise<T> | undefined;
  return () => {
    connection ??= connect();
    return connection;
  };
}
