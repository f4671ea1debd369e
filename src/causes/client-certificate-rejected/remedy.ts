// Whose certificate is accepted is the API owner's decision.
import { defineRemedy } from '../contract.ts';
import { policy } from '../to-copy.ts';

export const remedy = defineRemedy({
  copy: () =>
    policy(
      '<validate-client-certificate validate-revocation="true" validate-trust="true" validate-not-before="true" validate-not-after="true" ignore-error="false"><identities><identity thumbprint="THE-THUMBPRINT" /></identities></validate-client-certificate>',
      'The owner of the API decides whose certificate is accepted. Here the list holds one identity; add the new one beside those that are there.',
    ),
});
