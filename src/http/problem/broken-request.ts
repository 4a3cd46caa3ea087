import type { Socket } from 'node:net';
import { Refused } from '../../domain/refusal.ts';
import type { Spoken } from '../deps.ts';
import { problemOf } from './problem.ts';

/** What Node refuses before it is a request: its headers too long, too slow, or no HTTP at all. */
const LINES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Answers on the bare socket, in the desk's own language: nobody could say theirs. */
export function answerBrokenRequests(words: Spoken, locale: string): (error: Error & { code?: string }, socket: Socket) => void {
  const problem = problemOf(new Refused('malformed'), words, locale);
  return ({ code = '' }, socket) => {
    if (!socket.writable || code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const line = LINES[code] ?? '400 Bad Request';
    const body = JSON.stringify({ ...problem, status: Number(line.slice(0, 3)) });
    socket.end(
      `HTTP/1.1 ${line}\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  };
}
