// The one list of causes: a line each, under its code in the field guide. catalogue.ts puts them in order.

export { cause as K17 } from './all-access-key-inactive/rule.ts';
export { cause as K01 } from './api-not-in-product/rule.ts';
export { cause as M03 } from './arm-permission-missing/rule.ts';
export { cause as H09 } from './hard-coded-key-in-operation-header/rule.ts';
export { cause as H10 } from './hard-coded-key-in-operation-query/rule.ts';
export { cause as K02 } from './key-for-another-product/rule.ts';
export { cause as K14 } from './key-not-propagated/rule.ts';
export { cause as H01 } from './key-not-sent/rule.ts';
export { cause as H02 } from './key-parameter-renamed/rule.ts';
export { cause as K11 } from './not-a-subscription-key/rule.ts';
export { cause as G10 } from './service-not-online/rule.ts';
export { cause as K08 } from './subscription-awaiting-approval/rule.ts';
export { cause as K05 } from './subscription-cancelled/rule.ts';
export { cause as K07 } from './subscription-expired/rule.ts';
export { cause as K06 } from './subscription-rejected/rule.ts';
export { cause as K15 } from './subscription-scope-malformed/rule.ts';
export { cause as K04 } from './subscription-suspended/rule.ts';
