import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FormulaError } from '../../../../local-org/automation/formula/formula-error.ts';
import { functionNames } from '../../../../local-org/automation/formula/functions/index.ts';
import { evaluate } from './evaluate.ts';

/** Formula Operators and Functions by Context (help, platform.customize_functions), section by section. */
const EVALUATED = `
  ADDMONTHS DATE DATEVALUE DATETIMEVALUE DAY DAYOFYEAR FORMATDURATION FROMUNIXTIME HOUR ISOWEEK ISOYEAR MILLISECOND MINUTE
  MONTH NOW SECOND TIMENOW TIMEVALUE TODAY UNIXTIMESTAMP WEEKDAY YEAR
  AND BLANKVALUE CASE IF ISBLANK ISCLONE ISNEW ISNULL ISNUMBER NOT NULLVALUE OR PRIORVALUE
  ABS ACOS ASIN ATAN ATAN2 CEILING COS DISTANCE EXP FLOOR GEOLOCATION LN LOG MAX MCEILING MFLOOR MIN MOD PI PICKLISTCOUNT
  ROUND SIN SQRT TAN TRUNC
  ASCII BEGINS BR CASESAFEID CHR CONTAINS FIND GETSESSIONID HTMLENCODE HYPERLINK IMAGE INCLUDES INITCAP ISPICKVAL JSENCODE
  JSINHTMLENCODE LEFT LEN LOWER LPAD MID REVERSE RIGHT RPAD SUBSTITUTE TEXT TRIM UPPER URLENCODE VALUE
  CURRENCYRATE ISCHANGED REGEX VLOOKUP`;

/** Of reports, s-controls, custom buttons, Visualforce and Einstein: none of them is a formula of a record or a flow. */
const REFUSED = `
  PARENTGROUPVAL PREVGROUPVAL
  GETRECORDIDS IMAGEPROXYURL INCLUDE JUNCTIONIDLIST LINKTO PREDICT REQUIRESCRIPT URLFOR`;

const names = (list: string): readonly string[] => list.trim().split(/\s+/);

test('every documented function is evaluated, or refused by name', () => {
  const known = new Set(functionNames());
  assert.deepEqual(
    names(EVALUATED).filter((name) => !known.has(name)),
    [],
  );
  assert.deepEqual(
    [...known].filter((name) => !names(EVALUATED).includes(name)),
    [],
  );
  for (const name of names(REFUSED))
    assert.throws(
      () => evaluate(`${name}()`),
      (error) =>
        error instanceof FormulaError && error.message === `The local org does not evaluate function ${name}().`,
    );
});

test('operators of the page', () => {
  assert.equal(evaluate('(2 + 3) * 4 - 6 / 3 = 18 && 2 == 2 && 1 <> 2 && 1 != 2'), true);
  assert.equal(evaluate('2 ^ 3 = 8 && (1 < 2 || 2 > 3) && 2 <= 2 && 3 >= 2'), true);
  assert.equal(evaluate('"a" & "b" + "c"'), 'abc');
});
