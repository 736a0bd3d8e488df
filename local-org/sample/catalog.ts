/** What the sample company sells. Prices are a month's list price in the org's currency. */
export interface CatalogItem {
  readonly name: string;
  readonly code: string;
  readonly family: string;
  readonly price: number;
}

export const CATALOG: readonly CatalogItem[] = [
  { name: 'Platform Starter', code: 'PLT-S', family: 'Platform', price: 900 },
  { name: 'Platform Business', code: 'PLT-B', family: 'Platform', price: 2400 },
  { name: 'Platform Enterprise', code: 'PLT-E', family: 'Platform', price: 6200 },
  { name: 'Analytics', code: 'ANA', family: 'Add-on', price: 1100 },
  { name: 'Automation', code: 'AUT', family: 'Add-on', price: 1450 },
  { name: 'Sandbox', code: 'SBX', family: 'Add-on', price: 380 },
  { name: 'Onboarding', code: 'SRV-O', family: 'Services', price: 7500 },
  { name: 'Training Day', code: 'SRV-T', family: 'Services', price: 1800 },
  { name: 'Premium Support', code: 'SRV-P', family: 'Services', price: 850 },
];
