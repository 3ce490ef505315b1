import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDicomWebClient, type DicomWebClient } from '../client.ts';
import type { ConnectionOptions } from '../connection.ts';
import type { Outcome } from '../failure.ts';
import { parseServerAddress } from '../server-address.ts';

/** The value of an outcome that must be one. */
export const valueOf = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
};

/** A client for a base address. */
export const clientFor = (
  base: string,
  options: Omit<ConnectionOptions, 'address'> = {},
): DicomWebClient =>
  valueOf(createDicomWebClient({ ...options, address: valueOf(parseServerAddress(base)) }));

export interface TestServer {
  readonly base: string;
  readonly close: () => Promise<void>;
}

/** A server on a free loopback port. */
export const startServer = (listener: RequestListener): Promise<TestServer> =>
  new Promise((resolve) => {
    const server = createServer(listener);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        base: `http://127.0.0.1:${port}/dicom-web`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });

/** A server that gives everybody the same answer. */
export const startConstant = (
  status: number,
  contentType: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Promise<TestServer> =>
  startServer((request, response) => {
    request.resume();
    response.writeHead(status, { 'Content-Type': contentType, ...headers });
    response.end(body);
  });

/** An address at which nothing listens any more. */
export const closedAddress = async (): Promise<string> => {
  const { base, close } = await startServer(() => {});
  await close();
  return base;
};
