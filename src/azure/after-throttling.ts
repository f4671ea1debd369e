// Writes are sent once, with one exception: a 429 says for certain that ARM took nothing, so that a write may be sent
// again when ARM names a short wait. A longer one is for the person who pressed.
import { setTimeout as sleep } from 'node:timers/promises';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';

const LONGEST_WAIT_SECONDS = 3;

export const onceMoreAfterThrottling: PipelinePolicy = {
  name: 'locksmith-once-more-after-throttling',
  async sendRequest(request, next) {
    const response = await next(request);
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    if (response.status !== 429 || !(seconds >= 0 && seconds <= LONGEST_WAIT_SECONDS)) return response;
    await sleep(seconds * 1000);
    return await next(request);
  },
};
