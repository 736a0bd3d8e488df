import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FormulaError, FormulaEvaluationError } from '../../../../local-org/automation/formula/formula-error.ts';
import { evaluate } from './evaluate.ts';

/** Texts: salesforce/formula-engine, labels.xml, FormulaFieldExceptionMessages. */
const REFUSED: readonly (readonly [formula: string, message: string])[] = [
  ['Missing__c', 'Field Missing__c does not exist. Check spelling.'],
  ['Nowhere.Name', 'Field Nowhere does not exist. Check spelling.'],
  ['FOO(1)', 'Unknown function FOO. Check spelling.'],
  ['AND(TRUE, "x")', "Incorrect parameter type for function 'AND()'. Expected Boolean, received Text"],
  ['LEFT(1, 2)', "Incorrect parameter type for function 'LEFT()'. Expected Text, received Number"],
  ['IF(TRUE, 1, "a")', "Incorrect parameter type for function 'IF()'. Expected Number, received Text"],
  ['IF(TRUE, 1)', "Incorrect number of parameters for function 'IF()'. Expected 3, received 2"],
  ['CASE(1, 2, 3)', "Incorrect number of parameters for function 'CASE()'. Expected 4, received 3"],
  ['1 + TRUE', "Incorrect parameter type for operator '+'. Expected Number, Date, DateTime, received Boolean"],
  ['"a" = 1', "Incorrect parameter type for operator '='. Expected Text, received Number"],
  ['"a" & 1', "Incorrect parameter type for operator '&'. Expected Text, received Number"],
  ['TODAY() - NOW()', "Incorrect parameter type for operator '-'. Expected Number, Date, DateTime, received DateTime"],
  ['StageName = "x"', 'Field StageName is a picklist field. Picklist fields are only supported in certain functions.'],
  ['ISPICKVAL(Name, "x")', "Incorrect parameter type for function 'ISPICKVAL()'. Expected Picklist, received Text"],
  [
    'INCLUDES(Multi__c, "z")',
    'Incorrect parameter for function INCLUDES(). Text Literal must be a valid value for this multi-select picklist field.',
  ],
  ['ISCHANGED(Account.Name)', 'The ISCHANGED function cannot reference the Account.Name field.'],
  ['$Permission.Nobody', 'Field $Permission.Nobody does not exist. Check spelling.'],
  ['(1 + 2', "Syntax error.  Missing ')'"],
  ['1 + 2)', "Syntax error. Extra ')'"],
  ['1 2', "Syntax error.  Found '2'"],
  ['', 'Syntax error'],
  ['"open', `Syntax error.  Missing '"'`],
  ['VLOOKUP(Name, Name, "x")', "Incorrect argument type for function 'VLOOKUP()'. "],
  ['VLOOKUP("x")', "Incorrect number of parameters for function 'VLOOKUP()'. Expected 3, received 1"],
  [
    'VLOOKUP($ObjectType.Account.Fields.Name, $ObjectType.Account.Fields.Name, "x")',
    "Incorrect argument type for function 'VLOOKUP()'. ",
  ],
  ['DISTANCE(1, 2, "mi")', "Incorrect parameter type for function 'DISTANCE()'. Expected Location, received Number"],
  [
    'DISTANCE(GEOLOCATION(1, 2), GEOLOCATION(1, 2), "yards")',
    "Incorrect parameter value for function 'DISTANCE()'. Expected 'mi'/'km', received yards",
  ],
  ['$Api.Nothing', 'Field $Api.Nothing does not exist. Check spelling.'],
  ['$Site.Name', 'The local org does not evaluate the global variable $Site.Name.'],
  ['$Setup.X__c.Y__c', 'Field X__c does not exist. Check spelling.'],
  [`"${'x'.repeat(4000)}"`, 'Formula is too long (4002 characters).  Maximum length is 3900 characters'],
];

for (const [formula, message] of REFUSED) {
  test(`refused: ${formula.slice(0, 40)}`, () =>
    assert.throws(
      () => evaluate(formula),
      (error) => (error instanceof FormulaError && error.message === message ? true : assert.fail(String(error))),
    ));
}

test('the result has the type that is asked for', () => {
  assert.throws(() => evaluate('1', { expected: 'Boolean' }), {
    message: 'Formula result is data type (Number), incompatible with expected data type (true or false).',
  });
});

test('what cannot be calculated says so when it is evaluated', () => {
  for (const formula of [
    '1 / 0',
    'DATE(2025, 2, 30)',
    'VALUE("x")',
    'SQRT(-1)',
    'LN(0)',
    'DATEVALUE("soon")',
    '10 ^ 70',
  ]) {
    assert.throws(() => evaluate(formula), FormulaEvaluationError, formula);
  }
});

test('where nulls are strict, as in flows, they compare as values and have no order', () => {
  assert.equal(evaluate('Date__c = NULL', { nulls: 'strict' }), true);
  assert.equal(evaluate('Date__c <> TODAY()', { nulls: 'strict' }), true);
  assert.throws(() => evaluate('Number__c > 1', { nulls: 'strict' }), {
    message: "The value 'null' is not valid for operator '>'.",
  });
});
