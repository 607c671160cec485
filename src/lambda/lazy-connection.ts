/** Connects when it is first asked, and keeps the connection: an SDK takes its time to load. */
export function lazyConnection<T>(connect: () => Promise<T>): () => Promise<T> {
  let connection: Promise<T> | undefined;
  return () => {
    connection ??= connect();
    return connection;
  };
}
