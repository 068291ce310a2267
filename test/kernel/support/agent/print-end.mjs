/** `10.0.0.1:80` and `[fd00::1]:80`; without a port the bare address. */
export function printEnd(address, port) {
  const bare = address.replace(/^::ffff:/, '').replace(/%.*$/, '');
  if (port === undefined) return bare;
  return bare.includes(':') ? `[${bare}]:${port}` : `${bare}:${port}`;
}
