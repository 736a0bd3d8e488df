import { LightningElement } from 'lwc';
import { context } from '../../../context';

/** The bar at the top: which org this is and who is logged in. */
export default class GlobalHeader extends LightningElement {
  get userName(): string {
    return context().user.name;
  }

  get userTitle(): string {
    return `Logged in as ${context().user.username}`;
  }

  get profileName(): string {
    return context().user.profileName;
  }

  get initials(): string {
    const words = this.userName.split(' ').filter(Boolean);
    return [words[0], words.length > 1 ? words.at(-1) : undefined]
      .map((word) => word?.[0] ?? '')
      .join('')
      .toUpperCase();
  }
}
