// An estate without what the lab counts by itself, so that two can be compared: its clock, ETags, its log, and what its gateway has learned.

/** Names that ARM leaves at their defaults may be written out or not; both mean the same. */
const defaultKeyNames = { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' };

const moments: readonly string[] = ['now', 'etag', 'activityLog', 'gateway'];

export function withoutMoments(estates: unknown): unknown {
  const text = JSON.stringify(estates, (key, value: unknown) => {
    if (moments.includes(key)) return undefined;
    return key === 'subscriptionKeyParameterNames' ? (value ?? defaultKeyNames) : value;
  });
  return JSON.parse(text);
}
