import type { Socket } from 'node:net';

/**
 * Looks whether bytes wait for a socket just as they did the last time, because the other end does not read. The
 * answer is true once in the life of a socket.
 */
export function createStallDetector(): (socket: Socket) => boolean {
  let lastFlushed = -1;
  let isReported = false;
  return (socket) => {
    const flushed = socket.bytesWritten - socket.writableLength;
    const isStalled = socket.writableLength > 0 && flushed === lastFlushed;
    lastFlushed = flushed;
    if (!isStalled || isReported) return false;
    isReported = true;
    return true;
  };
}
