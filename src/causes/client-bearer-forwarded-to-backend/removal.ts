// The policy that the answer names, as it is copied.
export const removal = '<set-header name="Authorization" exists-action="delete" />';
