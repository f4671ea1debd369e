// Loaded into the Playground's process before its own code (`node --import`): the Playground listens on every address
// of the machine and has no option for it, while local mode must not be reachable from anywhere else.
import { Server } from 'node:net';

const listen = Server.prototype.listen;

Server.prototype.listen = function listenOnLoopback(this: Server, port: unknown, host?: unknown, ...rest: unknown[]): Server {
  if (typeof port === 'number' && typeof host !== 'string') {
    return Reflect.apply(listen, this, host === undefined ? [port, '127.0.0.1'] : [port, '127.0.0.1', host, ...rest]);
  }
  return Reflect.apply(listen, this, [port, host, ...rest]);
} as typeof listen;
