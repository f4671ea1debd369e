// A policy document: which calls go through it, and whether its new text lets more of them through.
import { type Effect, effect, unknownEffect } from './effect.ts';
import { displayName, type Looking } from './looking.ts';
import { productApis } from './opened.ts';
import { judgeEdit } from './policy-edit-judged.ts';
import { homeOf, type Target } from './target.ts';
import { capital, counted, pageWords } from './words.ts';

export async function policyEffect(looking: Looking, target: Target): Promise<Effect> {
  const { field, before, after } = target;
  const through = await whoGoesThrough(looking, target);
  if (field !== 'properties.value' || typeof before !== 'string' || typeof after !== 'string') {
    return effect([...through, ...unknownEffect().affects], unknownEffect().wider);
  }
  const { wider, narrower, isClear } = judgeEdit(before, after);
  const doubt = 'It may become wider: not every change of this document is of a kind that can be judged by its text.';
  return effect([...through, ...narrower], [...wider, ...(isClear ? [] : [doubt])].join(' ') || null);
}

async function whoGoesThrough(looking: Looking, target: Target): Promise<readonly string[]> {
  const below = ', except where a document below it leaves out <base />';
  const [first = '', second = ''] = target.names;
  switch (target.type) {
    case 'policies': {
      const apis = await looking.list(`${target.home}/apis`);
      if (apis.status === 'read')
        return [`Every call of ${pageWords(apis.value, 'API', 'APIs')} of ${homeOf(target)} goes through this document${below}.`];
      return [`Every call of ${homeOf(target)} goes through this document${below}. Of which APIs could not be read: ${apis.says}`];
    }
    case 'products/policies': {
      const armId = `${target.home}/products/${first}`;
      const [product, apis] = await Promise.all([looking.get(armId), looking.list(productApis(armId))]);
      const calls = `with a key of the product ${product.status === 'read' ? displayName(product.value) : first} go through this document`;
      if (apis.status === 'unreadable') return [`Calls ${calls}. Of which APIs could not be read: ${apis.says}`];
      const words = target.workspace === null ? pageWords(apis.value, 'API', 'APIs') : counted(apis.value.total, 'API', 'APIs');
      return [`Calls of ${words} ${calls}.`];
    }
    case 'apis/policies': {
      const armId = `${target.home}/apis/${first}`;
      const [api, operations] = await Promise.all([looking.get(armId), looking.list(`${armId}/operations`)]);
      const calls = `of the API ${api.status === 'read' ? displayName(api.value) : first} goes through this document${below}.`;
      if (operations.status === 'unreadable') return [`Every call ${calls} Which operations it has could not be read: ${operations.says}`];
      return [`Every call of ${pageWords(operations.value, 'operation', 'operations')} ${calls}`];
    }
    case 'apis/operations/policies': {
      const operation = await looking.get(`${target.home}/apis/${first}/operations/${second}`);
      const name = operation.status === 'read' ? displayName(operation.value) : second;
      return [`Only calls of the operation ${name} of the API ${first} go through this document.`];
    }
    default:
      return [`${capital(`calls of every API whose policy includes this fragment go through it`)}; which these are was not looked up.`];
  }
}
