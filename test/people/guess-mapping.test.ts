import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guessMapping, headingWords, sourceOf } from '../../scripts/people/guess-mapping.ts';
import type { PeopleMapping } from '../../scripts/people/guess-mapping.ts';
import { readTable } from '../../scripts/people/read-table.ts';

const KNOWN = { solutions: ['Platform', 'Analytics'], roles: ['Decision Maker', 'Champion'] };
const guess = (text: string): PeopleMapping =>
  Object.fromEntries(guessMapping(readTable(text), KNOWN).map(({ field, column }) => [field, column]));

test('exports of the usual tools are understood', () => {
  assert.deepEqual(
    guess(
      'First Name,Last Name,Job Title,Company Name,Company Website,Email,LinkedIn Contact Profile URL\nA,B,C,D,d.com,a@d.com,https://www.linkedin.com/in/a\n',
    ),
    {
      email: 'Email',
      firstName: 'First Name',
      lastName: 'Last Name',
      title: 'Job Title',
      company: 'Company Name',
      website: 'Company Website',
    },
  );
  assert.deepEqual(
    guess(
      'ZoomInfo Contact ID,Last Name,First Name,Middle Name,Job Title,Direct Phone Number,Mobile phone,Email Address,Company Name,Website,Country\n1,B,A,,C,+1,+2,a@d.com,D,www.d.com,US\n',
    ),
    {
      email: 'Email Address',
      firstName: 'First Name',
      lastName: 'Last Name',
      title: 'Job Title',
      phone: 'Direct Phone Number',
      mobile: 'Mobile phone',
      company: 'Company Name',
      website: 'Website',
      country: 'Country',
    },
  );
  assert.deepEqual(
    guess(
      'name.fullName,name.givenName,name.familyName,email,employment.title,employment.name,employment.domain,employment.role,geo.country\nA B,A,B,a@d.com,C,D,d.com,engineering,US\n',
    ),
    {
      email: 'email',
      firstName: 'name.givenName',
      lastName: 'name.familyName',
      fullName: 'name.fullName',
      title: 'employment.title',
      company: 'employment.name',
      website: 'employment.domain',
      country: 'geo.country',
    },
  );
});

test('what a heading does not tell, the content does', () => {
  assert.deepEqual(guess('Kontakt,X1,X2,X3\nA B,a@d.com,Champion,Platform\nC D,c@d.com,Decision Maker,analytics\n'), {
    email: 'X1',
    solution: 'X3',
    role: 'X2',
  });
});

test('a heading that its content contradicts is not believed', () => {
  // A Clearbit "role" is a department; an "Email" column of yes and no is about consent.
  assert.deepEqual(guess('Name,Email,Role,Address\nA B,yes,sales,a@d.com\nC D,no,it,c@d.com\n'), {
    fullName: 'Name',
    email: 'Address',
  });
});

test('headings as words, and who wrote them', () => {
  assert.equal(headingWords('linkedInProfileUrl'), 'linked in profile url');
  assert.equal(headingWords(' E-Mail_Adresse '), 'e mail adresse');
  assert.equal(sourceOf(['ZoomInfo Contact ID']), 'zoominfo');
  assert.equal(sourceOf(['employment.title']), 'clearbit');
  assert.equal(sourceOf(['linkedInProfileUrl']), 'sales-navigator');
  assert.equal(sourceOf(['Name', 'Email']), null);
});
