/** What Go sets for each connection, accepted or dialed, and that one half may end before the other. */
export const tcpOptions = {
  allowHalfOpen: true,
  noDelay: true,
  keepAlive: true,
  keepAliveInitialDelay: 15_000,
} as const;
