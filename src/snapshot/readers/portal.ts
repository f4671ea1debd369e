// The revisions of the developer portal; each publishing makes one.
import { type Collecting, mapReading, type ReadersOf } from '../collecting.ts';
import type { PortalFact } from '../facts-portal.ts';
import { text } from '../from-arm.ts';
import { defaultFace } from '../hosts-of-service.ts';
import { nameOf } from '../resolve-service.ts';
import type { Reading } from '../snapshot.ts';

export function portalReaders(collecting: Collecting): ReadersOf<'portal'> {
  const { question, withService } = collecting;
  return {
    portal: async () => {
      // The portal's host is none of the gateway's, but its name says whose it is, also where it stands in a sentence.
      const { host, signs = [] } = question.symptom;
      const told = signs.map(({ text: said }) => /([a-z0-9-]{1,50})\.developer\.azure-api\./i.exec(said)?.[1]?.toLowerCase());
      const named = defaultFace(host ?? '')?.service ?? told.find((one) => one !== undefined);
      const own = question.services.find((id) => nameOf(id).toLowerCase() === named);
      return own === undefined ? withService((id) => readRevisions(collecting, id)) : readRevisions(collecting, own);
    },
  };
}

async function readRevisions({ question: { reader } }: Collecting, id: string): Promise<Reading<PortalFact>> {
  const at = `${id}/portalRevisions`;
  return mapReading(await reader.list(at), ({ items }) => ({
    at,
    revisions: items.map(({ id: armId, properties }) => ({
      armId,
      status: (text(properties.status) ?? '').toLowerCase(),
      isCurrent: properties.isCurrent === true,
      statusDetails: text(properties.statusDetails),
    })),
  }));
}
