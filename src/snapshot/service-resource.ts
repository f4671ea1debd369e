// The service as ARM has it, and its self-hosted gateways with their hosts: read once, for whoever compares hosts.
import type { Collecting } from './collecting.ts';
import { text } from './from-arm.ts';
import type { ArmResource } from './ports.ts';
import type { Reading } from './snapshot.ts';

export interface GatewayHosts {
  readonly armId: string;
  readonly name: string;
  /** Lower case. */
  readonly hosts: readonly string[];
}

/** Gateways whose host names are read. */
const mostGateways = 10;

type Shared = Pick<Collecting, 'question' | 'once'>;

export function serviceResource({ question: { reader }, once }: Shared, id: string): Promise<Reading<ArmResource>> {
  return once(`service ${id}`, () => reader.get(id));
}

/** The service's self-hosted gateways. Their hosts are those that somebody configured; a gateway may answer under others too. */
export function selfHostedHosts({ question: { reader }, once }: Shared, id: string): Promise<Reading<readonly GatewayHosts[]>> {
  return once(`gateways of ${id}`, async () => {
    const listed = await reader.list(`${id}/gateways`);
    if (listed.status === 'unreadable') return listed.reason === 'not-found' ? { status: 'read', value: [] } : listed;
    const gateways = listed.value.items.slice(0, mostGateways);
    const value = await Promise.all(
      gateways.map(async (item): Promise<GatewayHosts> => {
        const names = await reader.list(`${item.id}/hostnameConfigurations`);
        const hosts = names.status === 'read' ? names.value.items.map(({ properties }) => text(properties.hostname)) : [];
        return { armId: item.id, name: item.name, hosts: hosts.flatMap((host) => (host === null ? [] : [host.toLowerCase()])) };
      }),
    );
    return { status: 'read', value };
  });
}
