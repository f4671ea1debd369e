// A portal revision, named by the time as Azure's own are (spec, PortalRevision_CreateOrUpdate).
import { defineRemedy } from '../contract.ts';
import { azRest, command, serviceOr } from '../to-copy.ts';

export const remedy = defineRemedy({
  copy({ at, serviceId }) {
    const revision = at.toISOString().slice(0, 19).replace(/\D/g, '');
    return command(
      azRest('put', `${serviceOr(serviceId)}/portalRevisions/${revision}`, {
        properties: { description: 'First publication', isCurrent: true },
      }),
      'Whoever is responsible for the developer portal decides: everybody who may reach it sees it as it is now.',
    );
  },
});
