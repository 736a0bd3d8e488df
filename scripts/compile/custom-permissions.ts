import type { CustomPermission } from '@salesforce/types/metadata';

import type { Component } from '../metadata/component.ts';
import { define } from './define.ts';
import { BYPASS_PERMISSION } from './names.ts';

export const compileCustomPermissions = (): readonly Component[] => [
  define<CustomPermission>(
    'CustomPermission',
    BYPASS_PERMISSION,
    {
      description:
        'Turns the flows and validation rules of the waterfall off for its holder. For integrations and migrations.',
      isLicensed: false,
      label: 'Bypass Waterfall Automation',
    },
    'name',
  ),
];
