interface Placed {
  readonly origin?: unknown;
  readonly offset?: unknown;
}

/** A set's normal form without where its entries stand or why they are there. */
export function withoutEntryPlaces({
  entries,
  ...set
}: {
  readonly entries: readonly { readonly text: string }[];
}): object {
  return { ...set, entries: entries.map(({ text }) => text) };
}

/** A virtual server's normal form without where it and its real servers stand or why they are there. */
export function withoutServerPlaces({
  realServers,
  ...server
}: Placed & { readonly realServers: readonly Placed[] }): object {
  return { ...withoutPlace(server), realServers: realServers.map(withoutPlace) };
}

function withoutPlace({ origin: _origin, offset: _offset, ...rest }: Placed): object {
  return rest;
}
