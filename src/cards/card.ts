/** An Adaptive Card as JSON, ready to send. */
export type Card = Readonly<Record<string, unknown>>;
