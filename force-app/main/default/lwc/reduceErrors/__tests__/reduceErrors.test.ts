import { reduceErrors } from 'c/reduceErrors';

/** As the UI API answers a PATCH that a validation rule refuses. */
const VALIDATION = {
  status: 400,
  statusText: 'Bad Request',
  body: {
    message: 'An error occurred while trying to update the record. Please try again.',
    statusCode: 400,
    enhancedErrorType: 'RecordError',
    output: {
      errors: [
        {
          errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
          field: null,
          fieldLabel: null,
          message: 'Close dates cannot lie in the past.',
        },
      ],
      fieldErrors: {
        Amount: [
          { errorCode: 'REQUIRED_FIELD_MISSING', field: 'Amount', fieldLabel: 'Amount', message: 'Fill this in.' },
        ],
        Solution__c: [{ errorCode: 'X', field: 'Solution__c', fieldLabel: 'Solution', message: 'Solution is needed.' }],
      },
    },
  },
};

describe('c/reduceErrors', () => {
  it.each([
    [
      'record and field errors of a UI API write',
      VALIDATION,
      ['Close dates cannot lie in the past.', 'Amount: Fill this in.', 'Solution is needed.'],
    ],
    [
      'UI API reads, whose body is a list',
      { body: [{ message: 'No access', errorCode: 'X' }, { message: 'Gone' }] },
      ['No access', 'Gone'],
    ],
    ['Apex', { body: { message: 'Script-thrown exception' } }, ['Script-thrown exception']],
    [
      'Apex DML: page and field errors',
      { body: { pageErrors: [{ message: 'Locked' }], fieldErrors: { Name: [{ message: 'Too long' }] } } },
      ['Locked', 'Name: Too long'],
    ],
    ['a write without details', { body: { message: 'Failed', output: { errors: [], fieldErrors: {} } } }, ['Failed']],
    ['GraphQL', [{ message: 'Bad field' }, { message: 'Bad filter' }], ['Bad field', 'Bad filter']],
    ['JavaScript errors', new Error('Broken'), ['Broken']],
    ['plain text', 'No network', ['No network']],
    ['text bodies', { status: 502, body: 'Bad gateway' }, ['Bad gateway']],
    ['a status alone', { status: 503, statusText: 'Service Unavailable' }, ['Service Unavailable']],
    ['the same message twice', [{ message: 'Again' }, { message: 'Again' }], ['Again']],
    ['nothing', undefined, ['Unknown error']],
    ['empty shapes', [null, {}, { body: {} }], ['Unknown error']],
  ])('reads %s', (_what, error, messages) => {
    expect(reduceErrors(error)).toEqual(messages);
  });
});
