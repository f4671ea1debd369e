// ARM ids and the actions that follow from them.

/** `Microsoft.ApiManagement/service/apis/products` of an id's path: provider and every type segment, without names. */
export function resourceType(armId: string): string {
  const path = armId.split('?')[0] ?? '';
  const start = path.toLowerCase().lastIndexOf('/providers/');
  if (start < 0) return '';
  const [provider = '', ...rest] = path
    .slice(start + '/providers/'.length)
    .split('/')
    .filter((part) => part !== '');
  return [provider, ...rest.filter((_, index) => index % 2 === 0)].join('/');
}

/** The ARM action that a request needs, as role definitions spell it. */
export function actionOf(method: string, path: string): string {
  const type = resourceType(path);
  if (method === 'GET' || method === 'HEAD') return `${type}/read`;
  if (method === 'DELETE') return `${type}/delete`;
  if (method === 'POST') return `${type}/action`;
  return `${type}/write`;
}

/** The action that a 403 AuthorizationFailed names, when it names one. */
export function actionNamed(body: unknown): string | null {
  const message = (body as { error?: { message?: unknown } } | null)?.error?.message;
  if (typeof message !== 'string') return null;
  return /perform action '([A-Za-z0-9./_-]{3,200})'/.exec(message)?.[1] ?? null;
}
