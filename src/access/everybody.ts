// Where roles are somebody else's business: in a terminal, Azure's own rights of whoever is signed in.
import type { Access } from '../remediation/ports.ts';

export const everybody: Access = {
  whyNot: async () => null,
  visible: async (_who, services) => services,
};
