/** `ip:port`, with brackets around an IPv6 address: Go's `net.JoinHostPort`. */
export function joinHostPort(ip: string, port: number): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}
