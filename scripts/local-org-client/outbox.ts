import type { LocalOrgClient } from './open-local-org.ts';

/** A message that an org would have sent, as `/local/outbox` tells it. */
export interface SentMessage {
  readonly id: number;
  /** By the org's clock, ISO 8601, UTC. */
  readonly at: string;
  /** API name of the flow that sent it. */
  readonly by: string;
  /** In whose name the flow ran. */
  readonly userId: string;
  readonly message: Email | Notification;
}

export interface Email {
  readonly kind: 'email';
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly html: boolean;
  /** CurrentUser, DefaultWorkflowUser or the organization-wide address. */
  readonly from: string;
  readonly relatedRecordId: string | null;
}

export interface Notification {
  readonly kind: 'notification';
  readonly typeId: string;
  /** Ids of users, groups and queues. */
  readonly recipientIds: readonly string[];
  readonly title: string;
  readonly body: string;
  /** The record that opens; null for a page reference. */
  readonly targetId: string | null;
  readonly targetPageRef: string | null;
}

export interface OutboxQuery {
  readonly last?: number | undefined;
  readonly kind?: 'email' | 'notification' | undefined;
  readonly contains?: string | undefined;
}

/** Oldest first. */
export async function readOutbox(org: LocalOrgClient, query: OutboxQuery): Promise<readonly SentMessage[]> {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  const path = `/local/outbox?${parameters.toString()}`;
  const answer = await org.ask<{ readonly messages: readonly SentMessage[] }>('reading the outbox', 'GET', path);
  return answer.messages.toReversed();
}
