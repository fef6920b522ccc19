const eastAsian = /[年月日時时午年월일시오년]/;
const weekday = /[月火水木金土日]曜日|星期[一二三四五六日天]|[월화수목금토일]요일/g;
const date = /(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]/;
const clock = /(\d{1,2})\s*[時时시](?:\s*(\d{1,2})\s*[分분])?(?:\s*(\d{1,2})\s*[秒초])?/;
const morning = /(?:午前|上午|오전)\s*(\d{1,2}:\d{2}(?::\d{2})?)/;
const afternoon = /(?:午後|下午|오후)\s*(\d{1,2}:\d{2}(?::\d{2})?)/;

/**
 * A date and time with what Chinese, Japanese and Korean write after each part, and before the hour, as ISO 8601 and English have it. .NET
 * knows these characters whatever the culture.
 */
export function fromEastAsian(text: string): string {
  if (!eastAsian.test(text)) return text;
  return text
    .replace(weekday, '')
    .replace(date, (_all, year: string, month: string, day: string) => `${year}-${month}-${day} `)
    .replace(clock, (_all, hour: string, minute = '0', second = '0') => `${hour}:${two(minute)}:${two(second)}`)
    .replace(morning, '$1 AM')
    .replace(afternoon, '$1 PM')
    .replace(/\s+/g, ' ')
    .trim();
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}
