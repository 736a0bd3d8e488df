import assert from 'node:assert/strict';
import { test } from 'node:test';
import { functionNames } from '../../../../local-org/automation/formula/functions/index.ts';
import type { FieldValue } from '../../../../local-org/data/types.ts';
import { evaluate } from './evaluate.ts';

/** DOC:usefulFormulaFields = Formula Operators and Functions by Context and Using Date … Values; ENGINE = salesforce/formula-engine. */
const CASES: readonly (readonly [source: string, formula: string, value: FieldValue])[] = [
  // Logic
  ['DOC: AND', 'AND(TRUE, 1 < 2, TRUE)', true],
  ['DOC: OR', 'OR(FALSE, 1 > 2)', false],
  ['DOC: NOT', 'NOT(FALSE)', true],
  ['DOC: && and ||', 'TRUE && FALSE || TRUE', true],
  ['DOC: IF', 'IF(2 > 1, "yes", "no")', 'yes'],
  ['DOC: CASE', 'CASE(3, 1, "a", 3, "c", "else")', 'c'],
  ['DOC: CASE else', 'CASE("x", "a", 1, "b", 2, 9)', 9],
  ['DOC: BLANKVALUE takes empty text as blank', 'BLANKVALUE("", "none")', 'none'],
  ['DOC: NULLVALUE does not', 'NULLVALUE("", "none")', ''],
  ['DOC: ISBLANK supports text', 'ISBLANK("")', true],
  ['DOC: ISNULL is false for text', 'ISNULL("")', false],
  ['DOC: ISNUMBER', 'ISNUMBER("1.5e3")', true],
  ['DOC: ISNUMBER', 'ISNUMBER("12a")', false],
  // Three-valued comparison: ENGINE OperatorEquality, OperatorComparison
  ['ENGINE: null makes an equality unknown', 'ISBLANK(IF(Number__c = 5, "yes", ""))', true],
  ['ENGINE: NOT of unknown is unknown', 'IF(NOT(Number__c > 5), "true", "not true")', 'not true'],
  ['ENGINE: blank text equals empty text', 'Text__c = ""', true],
  // Arithmetic
  ['decimals', '0.1 + 0.2', 0.3],
  ['money', '1.15 * 3', 3.45],
  ['ENGINE grammar: ^ binds looser than *', '2 * 3 ^ 2', 36],
  ['ENGINE grammar: unary minus binds tightest', '-2 ^ 2', 4],
  ['left to right', '10 - 4 - 3', 3],
  ['comments', '1 /* one */ + /* two\n */ 2', 3],
  ['DOC: ROUND half up', 'ROUND(2.5, 0)', 3],
  ['ENGINE: away from zero', 'ROUND(-2.5, 0)', -3],
  ['decimal rounding', 'ROUND(1.005, 2)', 1.01],
  ['left of the point', 'ROUND(1250, -2)', 1300],
  ['DOC: TRUNC', 'TRUNC(-8.56, 1)', -8.5],
  ['DOC: CEILING away from zero', 'CEILING(-2.5)', -3],
  ['DOC: FLOOR towards zero', 'FLOOR(-2.5)', -2],
  ['DOC: MCEILING towards zero', 'MCEILING(-2.5)', -2],
  ['DOC: MFLOOR away from zero', 'MFLOOR(-2.5)', -3],
  ['ENGINE: MOD has the sign of the dividend', 'MOD(-7, 3)', -1],
  ['DOC: MAX', 'MAX(1, 5, 3)', 5],
  ['DOC: MIN', 'MIN(4, -5, 3)', -5],
  ['DOC: ABS', 'ABS(-4.5)', 4.5],
  ['DOC: SQRT', 'SQRT(81)', 9],
  ['DOC: EXP, LN', 'ROUND(LN(EXP(3)), 6)', 3],
  ['DOC: LOG', 'LOG(1000)', 3],
  ['DOC: CURRENCYRATE of an org with one currency', 'CURRENCYRATE("EUR")', 1],
  ['DOC: PI', 'ROUND(PI(), 4)', 3.1416],
  ['DOC: ACOS outside -1 to 1', 'ACOS(2)', null],
  // Text
  ['DOC: &', '"a" & "b" + "c"', 'abc'],
  ['DOC: BEGINS', 'BEGINS("Salesforce", "Sales")', true],
  ['DOC: CONTAINS', 'CONTAINS("Salesforce", "force")', true],
  ['ENGINE: CONTAINS nothing', 'CONTAINS("x", "")', true],
  ['DOC: FIND', 'FIND("l", "hello")', 3],
  ['DOC: FIND from', 'FIND("l", "hello", 4)', 4],
  ['ENGINE: FIND in blank', 'FIND("l", "")', 0],
  ['DOC: LEFT', 'LEFT("abcdef", 3)', 'abc'],
  ['ENGINE: LEFT of nothing', 'LEFT("abc", -1)', ''],
  ['DOC: RIGHT', 'RIGHT("abcdef", 2)', 'ef'],
  ['DOC: MID', 'MID("abcdef", 2, 3)', 'bcd'],
  ['ENGINE: MID starts at 1', 'MID("abcdef", 0, 2)', 'ab'],
  ['DOC: LEN', 'LEN("abc")', 3],
  ['DOC: LOWER, UPPER', 'LOWER("ABC") & UPPER("abc")', 'abcABC'],
  ['DOC: INITCAP', 'INITCAP("hELLO big world")', 'Hello Big World'],
  ['DOC: TRIM', 'TRIM("  a b ")', 'a b'],
  ['DOC: SUBSTITUTE', 'SUBSTITUTE("a-b-c", "-", "+")', 'a+b+c'],
  ['DOC: LPAD', 'LPAD("7", 3, "0")', '007'],
  ['ENGINE: LPAD cuts', 'LPAD("abcd", 2)', 'ab'],
  ['DOC: RPAD', 'RPAD("a", 4, "xy")', 'axyx'],
  ['DOC: REVERSE', 'REVERSE("abc")', 'cba'],
  ['DOC: VALUE', 'VALUE("1.50") + 1', 2.5],
  ['DOC: TEXT of a number', 'TEXT(1000000)', '1000000'],
  ['TEXT never uses an exponent', 'TEXT(0.0000001)', '0.0000001'],
  ['REGEX matches the whole text', 'REGEX("123-45", "\\\\d{3}-\\\\d{2}")', true],
  ['REGEX matches the whole text', 'REGEX("x123-45", "[0-9]{3}-[0-9]{2}")', false],
  ['DOC: CASESAFEID', 'CASESAFEID("001A0000006Vm9u")', '001A0000006Vm9uIAC'],
  ['DOC: ASCII, CHR', 'CHR(ASCII("A") + 1)', 'B'],
  ['DOC: BR', '"a" & BR() & "b"', 'a<br>b'],
  ['DOC: HYPERLINK', 'HYPERLINK("http://x", "X", "_self")', '<a href="http://x" target="_self">X</a>'],
  ['DOC: HTMLENCODE', 'HTMLENCODE("<b>")', '&lt;b&gt;'],
  ['escapes', '"say \\"hi\\" \\\\ "', 'say "hi" \\ '],
  // Dates; it is 2026-03-15T23:30Z
  ['DOC: TODAY', 'TODAY()', '2026-03-15'],
  ['DOC: NOW', 'NOW()', '2026-03-15T23:30:00.000Z'],
  ['DOC: date plus days', 'DATE(2024, 2, 28) + 2', '2024-03-01'],
  ['DOC: difference in days', 'DATE(2024, 3, 1) - DATE(2024, 2, 1)', 29],
  ['ENGINE: a fraction of a day is cut', 'DATE(2024, 1, 1) + 0.9', '2024-01-01'],
  ['DOC: datetime difference', 'DATETIMEVALUE("2026-03-16 12:00:00") - DATETIMEVALUE("2026-03-15 00:00:00")', 1.5],
  ['DOC: datetime plus hours', 'DATETIMEVALUE("2026-03-15 23:00:00") + 2/24', '2026-03-16T01:00:00.000Z'],
  ['DOC: ADDMONTHS, last day', 'ADDMONTHS(DATE(2025, 1, 31), 1)', '2025-02-28'],
  ['DOC: ADDMONTHS, last day to last day', 'ADDMONTHS(DATE(2025, 2, 28), 1)', '2025-03-31'],
  ['DOC: ADDMONTHS, leap year', 'ADDMONTHS(DATE(2024, 2, 28), 12)', '2025-02-28'],
  ['DOC: ADDMONTHS, shorter month', 'ADDMONTHS(DATE(2025, 1, 30), 1)', '2025-02-28'],
  ['DOC: ADDMONTHS, back', 'ADDMONTHS(DATE(2025, 3, 15), -15)', '2023-12-15'],
  [
    'DOC: YEAR, MONTH, DAY',
    'YEAR(DATE(2025, 4, 9)) * 10000 + MONTH(DATE(2025, 4, 9)) * 100 + DAY(DATE(2025, 4, 9))',
    20250409,
  ],
  ['DOC: WEEKDAY, Sunday is 1', 'WEEKDAY(DATE(2026, 3, 15))', 1],
  ['DOC: DAYOFYEAR', 'DAYOFYEAR(DATE(2024, 12, 31))', 366],
  ['ISO 8601 week', 'ISOWEEK(DATE(2027, 1, 1))', 53],
  ['ISO 8601 year', 'ISOYEAR(DATE(2027, 1, 1))', 2026],
  ['DOC: TEXT of a date', 'TEXT(DATE(2025, 4, 9))', '2025-04-09'],
  ['DOC: TEXT of a datetime', 'TEXT(DATETIMEVALUE("2013-08-02 00:00:00"))', '2013-08-02 00:00:00Z'],
  ['DOC: DATEVALUE of text', 'DATEVALUE("2025-04-09")', '2025-04-09'],
  ['DOC: DATETIMEVALUE of a date is GMT midnight', 'DATETIMEVALUE(DATE(2025, 4, 9))', '2025-04-09T00:00:00.000Z'],
  ['DOC: TIMEVALUE, HOUR, MINUTE', 'HOUR(TIMEVALUE("17:30:45.125")) * 100 + MINUTE(TIMEVALUE("17:30:45.125"))', 1730],
  [
    'DOC: SECOND, MILLISECOND',
    'SECOND(TIMEVALUE("17:30:45.125")) * 1000 + MILLISECOND(TIMEVALUE("17:30:45.125"))',
    45125,
  ],
  ['DOC: times differ in milliseconds', 'TIMEVALUE("10:00:01.000") - TIMEVALUE("10:00:00.000")', 1000],
  ['DOC: TEXT of a time', 'TEXT(TIMEVALUE("08:05:00.000"))', '08:05:00.000'],
  ['DOC: UNIXTIMESTAMP', 'UNIXTIMESTAMP(DATETIMEVALUE("1970-01-02 00:00:00"))', 86400],
  ['DOC: FROMUNIXTIME', 'FROMUNIXTIME(86400)', '1970-01-02T00:00:00.000Z'],
  ['DOC: FORMATDURATION', 'FORMATDURATION(3661)', '01:01:01'],
];

for (const [source, formula, value] of CASES) {
  test(`${formula} (${source})`, () => assert.deepEqual(evaluate(formula), value));
}

test('every function is tried, here or where records are', () => {
  const tried = new Set(
    CASES.flatMap(([, formula]) => [...formula.matchAll(/([A-Z0-9]+)\(/g)].map((match) => match[1])),
  );
  const elsewhere = [
    'DISTANCE',
    'GEOLOCATION',
    'GETSESSIONID',
    'ISNEW',
    'ISCHANGED',
    'ISCLONE',
    'PRIORVALUE',
    'ISPICKVAL',
    'INCLUDES',
    'PICKLISTCOUNT',
    'IMAGE',
    'JSENCODE',
    'JSINHTMLENCODE',
    'URLENCODE',
    'ASIN',
    'ATAN',
    'ATAN2',
    'COS',
    'SIN',
    'TAN',
    'TIMENOW',
    'VLOOKUP',
  ];
  assert.deepEqual(
    functionNames().filter((name) => !tried.has(name) && !elsewhere.includes(name)),
    [],
  );
});

test('trigonometry, encodings and the time', () => {
  assert.equal(evaluate('ROUND(SIN(PI() / 2) + COS(0) + TAN(0) + ASIN(1) + ATAN(1) + ATAN2(1, 1), 4)'), 5.1416);
  assert.equal(evaluate('URLENCODE("a b&c")'), 'a+b%26c');
  assert.equal(evaluate('JSENCODE("it\'s")'), "it\\'s");
  assert.equal(evaluate('JSINHTMLENCODE("<")'), '&lt;');
  assert.equal(evaluate('TEXT(TIMENOW())'), '23:30:00.000');
  assert.equal(
    evaluate('IMAGE("/a.png", "A", 10, 20)'),
    '<img src="/a.png" alt="A" style="height:10px; width:20px;" border="0"/>',
  );
});
