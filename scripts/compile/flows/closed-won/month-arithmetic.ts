/**
 * `months` later on the same day of the month, or on that month's last day when it is shorter: 31 January + 1 is 28 or 29 February,
 * 30 April + 1 is 30 May. ADDMONTHS by itself moves the last day of a month to the last day of the resulting month, 30 April to 31 May
 * (help: "ADDMONTHS"), so it is only ever given the first day of a month, where it cannot differ.
 *
 * Both arguments are formula text without side conditions; the date must not be blank.
 */
export const monthsAfter = (date: string, months: string): string => {
  const first = `DATE(YEAR(${date}), MONTH(${date}), 1)`;
  const lastDay = `DAY(ADDMONTHS(${first}, ${months} + 1) - 1)`;
  return `ADDMONTHS(${first}, ${months}) + MIN(DAY(${date}), ${lastDay}) - 1`;
};
