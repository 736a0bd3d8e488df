import type { Component } from '../../metadata/component.ts';
import type { Waterfall } from '../../model/waterfall.ts';
import { handshakeFields } from './fields.ts';
import { handshakeLayout } from './layout.ts';
import { handshakeListViews } from './list-views.ts';
import { handshakeCompactLayout, handshakeObject, handshakeTab } from './object.ts';
import { handshakeQueues } from './queues.ts';
import { compileHandshakeRules } from './rules.ts';

/** The fields of the handshake object, which permission sets give access to; none without handshakes. */
export const compileHandshakeFields = (waterfall: Waterfall): readonly Component[] =>
  waterfall.handshakes.length === 0 ? [] : handshakeFields(waterfall);

/** The handshake object and all that belongs to it beside its fields and flows. */
export const compileHandshakes = (waterfall: Waterfall): readonly Component[] =>
  waterfall.handshakes.length === 0
    ? []
    : [
        handshakeObject(),
        handshakeCompactLayout(),
        handshakeLayout(),
        ...handshakeListViews(),
        handshakeTab(),
        ...handshakeQueues(waterfall),
        ...compileHandshakeRules(waterfall),
      ];
